package org.thurn.transfer.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.thurn.authentication.dmarc.DmarcSyntaxException;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.Words;
import org.thurn.authentication.dmarc.report.ExternalDestinations;
import org.thurn.authentication.dmarc.report.ExternalDestinations.Kind;
import org.thurn.name.Mailbox;

/**
 * Whom a domain's reports go to, of those whom its record names.
 *
 * @param maximum for each mailbox the octets that it takes
 * @param refused whom not, and why
 * @param unknown of whom the DNS did not say whether they agree
 */
record Destinations(Map<Mailbox, Long> maximum, List<String> refused, List<String> unknown) {
  /** Octets of a message that most hosts take. */
  static final int MAX_MESSAGE = 10 << 20;

  /** Asks the DNS of each destination that is somebody else's. */
  static Destinations of(
      ExternalDestinations external, DomainName policyDomain, List<String> uris, Kind kind) {
    Destinations found =
        new Destinations(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    for (String text : uris) {
      try {
        found.add(external, policyDomain, DmarcUri.parse(text), kind);
      } catch (DmarcSyntaxException e) {
        found.refused.add(Words.of(text) + ": " + e.getMessage());
      }
    }
    return found;
  }

  private void add(
      ExternalDestinations external, DomainName policyDomain, DmarcUri uri, Kind kind) {
    if (uri.mailbox().isEmpty()) {
      refused.add(Words.of(uri) + ": reports go by mail only");
      return;
    }
    switch (external.verify(policyDomain, uri, kind)) {
      case ExternalDestinations.Verification.Internal(DmarcUri own) -> take(own);
      case ExternalDestinations.Verification.Authorized(DmarcUri agreed) -> take(agreed);
      case ExternalDestinations.Verification.Replaced(List<DmarcUri> others) ->
          others.stream().limit(CountedMessages.MAX_DESTINATIONS).forEach(this::take);
      case ExternalDestinations.Verification.Refused(String reason) ->
          refused.add(Words.of(uri) + ": " + reason);
      case ExternalDestinations.Verification.Unknown(String reason) ->
          unknown.add(Words.of(uri) + ": " + reason);
    }
  }

  private void take(DmarcUri uri) {
    OptionalLong size = uri.maximumSize();
    uri.mailbox().ifPresent(to -> maximum.put(to, Math.min(MAX_MESSAGE, size.orElse(MAX_MESSAGE))));
  }
}
