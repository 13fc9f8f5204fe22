package org.thurn.transfer.intake;

import java.util.List;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.name.DomainPattern;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Session;

/**
 * That mail from some domains comes over TLS, as the administrator demands. It is told at MAIL, and
 * for postmaster too: no recipient and no word of the message is to cross the wire first.
 *
 * <p>Mail without a sender counts as that of the host which the client says it is, as SPF has it
 * (RFC 7208 §2.4): a notification gives back what was kept secret on its way there.
 *
 * @param domains whose mail it is demanded of
 */
record TlsDemand(List<DomainPattern> domains) {
  TlsDemand {
    domains = List.copyOf(domains);
  }

  /** Why a stranger's mail from this sender is not taken, or empty. */
  Optional<Verdict> refusal(ReversePath sender, Session session) {
    if (domains.isEmpty() || session.tls().isPresent()) {
      return Optional.empty();
    }
    return answerable(sender, session)
        .flatMap(domain -> named(domain).map(pattern -> refusal(domain, pattern)));
  }

  private static Optional<Domain> answerable(ReversePath sender, Session session) {
    return switch (sender) {
      case ReversePath.Of(Mailbox address) -> address.domain();
      case ReversePath.Null _ ->
          session
              .helo()
              .flatMap(ClientCheck::host)
              .filter(Domain.class::isInstance)
              .map(Domain.class::cast);
    };
  }

  private Optional<DomainPattern> named(Domain domain) {
    return domains.stream().filter(pattern -> pattern.matches(domain)).findFirst();
  }

  /**
   * X.7.10 is "Encryption Needed" (RFC 5248 §2.4); 530 of RFC 3207 §4 would say that nobody's mail
   * is taken here without TLS.
   */
  private static Verdict refusal(Domain domain, DomainPattern pattern) {
    return Verdict.reject(
        550,
        "5.7.10",
        "Encryption needed: mail from " + domain + " is taken here over TLS only",
        "the settings require TLS from " + pattern + ", and there is none");
  }
}
