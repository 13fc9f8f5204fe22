package org.thurn.transfer.intake;

import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.smtp.Verdict;
import org.thurn.transfer.Questions;

/**
 * Whether a sender's domain could take an answer: mail that nobody can be told about is refused,
 * not bounced into the void.
 */
final class SenderCheck {
  private final Questions questions;

  SenderCheck(Resolver resolver) {
    this.questions = new Questions(resolver);
  }

  /** Why mail from the domain is not taken, or empty. */
  Optional<Verdict> refusal(Domain domain, Journey journey) {
    DnsName name = DnsName.of(domain);
    Answer mx = ask(name, RecordType.MX, journey);
    return switch (mx.status()) {
      case FOUND -> isNull(mx) ? Optional.of(nullMx(domain)) : Optional.empty();
      case NO_SUCH_NAME -> Optional.of(nobody(domain));
      case TEMPORARY_FAILURE -> Optional.of(unclear(domain, mx));
      case NO_DATA -> implicit(name, domain, journey);
    };
  }

  private Answer ask(DnsName name, RecordType type, Journey journey) {
    return questions.ask(name, type, "sender domain", journey);
  }

  /** {@code MX 0 .}, RFC 7505 §3: one record that names the root. */
  private static boolean isNull(Answer mx) {
    List<RecordData.Mx> all = mx.all(RecordData.Mx.class).toList();
    return all.size() == 1 && all.getFirst().exchange().isRoot();
  }

  /** Without MX the domain's own address is its exchange, RFC 5321 §5.1. */
  private Optional<Verdict> implicit(DnsName name, Domain domain, Journey journey) {
    Answer four = ask(name, RecordType.A, journey);
    if (four.found()) {
      return Optional.empty();
    }
    Answer six = ask(name, RecordType.AAAA, journey);
    if (six.found()) {
      return Optional.empty();
    }
    return Optional.of(
        four.failed() || six.failed()
            ? unclear(domain, four.failed() ? four : six)
            : nobody(domain));
  }

  /** RFC 7505 §4.2. */
  private static Verdict nullMx(Domain domain) {
    return Verdict.reject(
        550, "5.7.27", "Sender address has null MX", domain + " says that it takes no mail");
  }

  private static Verdict nobody(Domain domain) {
    return Verdict.reject(
        550,
        "5.1.8",
        "Sender domain has no mail exchanger or address",
        domain + " has neither MX nor address records");
  }

  private static Verdict unclear(Domain domain, Answer answer) {
    return Verdict.defer(
        451,
        "4.4.3",
        "Sender domain cannot be looked up now",
        domain + ": " + answer.explanation());
  }
}
