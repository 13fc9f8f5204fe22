package org.thurn.authentication.dmarc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;

/** One message's questions to the DNS, and their limits. No question is asked twice. */
final class Questions {
  private record Question(DnsName name, RecordType type) {}

  private final Resolver resolver;
  private final DmarcSettings settings;
  private final Time time;
  private final long start;
  private final Map<Question, Answer> asked = new HashMap<>();
  private final Map<DomainName, Optional<DmarcRecord>> records = new HashMap<>();

  Questions(Resolver resolver, DmarcSettings settings, Time time) {
    this.resolver = resolver;
    this.settings = settings;
    this.time = time;
    this.start = time.ticks();
  }

  /** Asks; a failure of the DNS is one of what needs the answer. */
  Answer need(DnsName name, RecordType type) throws DnsFailure {
    Question question = new Question(name, type);
    Answer answer = asked.get(question);
    if (answer == null) {
      answer = fetch(question);
      asked.put(question, answer);
    }
    if (answer.failed()) {
      String why = answer.explanation().isEmpty() ? "" : ": " + Words.of(answer.explanation());
      throw new DnsFailure("the DNS did not answer for " + shown(question) + why);
    }
    return answer;
  }

  private Answer fetch(Question question) throws DnsFailure {
    if (asked.size() == settings.questions()) {
      throw new DnsFailure(
          "after " + settings.questions() + " questions we do not ask for " + shown(question));
    }
    if (time.ticks() - start > settings.time().toNanos()) {
      throw new DnsFailure(
          "after " + settings.time().toSeconds() + " s we do not ask for " + shown(question));
    }
    return resolver.ask(question.name(), question.type());
  }

  private static String shown(Question question) {
    return question.type().name() + " of " + Words.of(question.name().text());
  }

  /**
   * The one record of the domain itself. Several count as none (RFC 9989 §4.10, steps 2 and 6), and
   * so does a name that has no room for the label.
   */
  Optional<DmarcRecord> record(DomainName domain) throws DnsFailure {
    Optional<DmarcRecord> known = records.get(domain);
    if (known == null) {
      known = fetchRecord(domain);
      records.put(domain, known);
    }
    return known;
  }

  private Optional<DmarcRecord> fetchRecord(DomainName domain) throws DnsFailure {
    Optional<DnsName> name = domain.under(DmarcRecord.LABEL);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    var texts = DmarcRecord.among(need(name.get(), RecordType.TXT));
    if (texts.size() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(DmarcRecord.parse(texts.getFirst()));
    } catch (DmarcSyntaxException e) {
      throw new IllegalStateException("what begins as a record is one", e);
    }
  }
}
