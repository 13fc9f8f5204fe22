package org.thurn.authentication.dkim;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurn.name.Domain;

/**
 * A key with its place in the DNS.
 *
 * @param domain {@code d=}
 * @param selector {@code s=}, as A-labels
 * @param key what signs
 */
public record SigningKey(Domain domain, String selector, DkimKey key) {
  public SigningKey {
    if (!SignatureParser.isSelector(selector, domain)) {
      throw new IllegalArgumentException("no selector: " + Words.quote(selector));
    }
  }

  /** The record for the DNS as a line of a zone file (RFC 1035 §5). */
  public String zoneLine(Set<String> flags) {
    List<String> strings = DkimKey.strings(key.record(flags));
    String quoted = strings.stream().map(s -> '"' + s + '"').collect(Collectors.joining(" "));
    return selector
        + "."
        + MessageSignature.KEYS_BELOW
        + "."
        + domain
        + ". IN TXT ( "
        + quoted
        + " )";
  }
}
