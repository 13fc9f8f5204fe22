package org.thurn.authentication.arc;

import java.util.Optional;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.ResultsParser;
import org.thurn.authentication.results.ResultsSyntaxException;
import org.thurn.message.HeaderField;

/**
 * One host's three fields, RFC 8617 §4.2.
 *
 * @param authenticationResults ARC-Authentication-Results
 * @param messageSignature ARC-Message-Signature; of older sets perhaps one that cannot be read
 * @param seal ARC-Seal
 */
public record ArcSet(
    HeaderField authenticationResults, HeaderField messageSignature, ArcSeal seal) {
  public int instance() {
    return seal.instance();
  }

  /** What the host says it found out; empty where that cannot be read. */
  public Optional<AuthenticationResults> results() {
    try {
      return Optional.of(
          ResultsParser.parse(ArcField.behindInstance(authenticationResults).rest()));
    } catch (ArcSyntaxException | ResultsSyntaxException _) {
      return Optional.empty(); // a chain does not break by it (RFC 8617 §5.2)
    }
  }
}
