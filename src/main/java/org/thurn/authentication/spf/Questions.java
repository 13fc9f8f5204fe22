package org.thurn.authentication.spf;

import java.util.HashMap;
import java.util.Map;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;

/**
 * One check's questions to the DNS, and their limits: RFC 7208 §4.6.4. No question is asked twice;
 * what was asked before still counts for the term that asks again, so that no count depends on a
 * cache.
 */
final class Questions {
  private record Question(DnsName name, RecordType type) {}

  private final Resolver resolver;
  private final SpfSettings settings;
  private final Time time;
  private final long start;
  private final Map<Question, Answer> asked = new HashMap<>();
  private boolean counting = true;
  private int lookUps;
  private int voidLookUps;
  private boolean foundNothing;

  Questions(Resolver resolver, SpfSettings settings, Time time) {
    this.resolver = resolver;
    this.settings = settings;
    this.time = time;
    this.start = time.ticks();
  }

  int lookUps() {
    return lookUps;
  }

  int voidLookUps() {
    return voidLookUps;
  }

  /** A term is about to be evaluated; counts it if it looks up. */
  void begin(Term term, Place place) throws CheckEnded {
    if (!term.looksUp()) {
      return;
    }
    if (lookUps == settings.lookUps()) {
      throw CheckEnded.permanently(
          "more than "
              + settings.lookUps()
              + " terms look something up: "
              + Words.of(term)
              + " in "
              + place.shown()
              + " is one too many");
    }
    lookUps++;
    foundNothing = false;
  }

  /**
   * The domain's own first question belongs to no term, and what an explanation asks counts for
   * nothing: from here on no answer is counted.
   */
  void stopCounting() {
    counting = false;
  }

  /** Asks; the answer may be a failure. */
  Answer ask(DnsName name, RecordType type) throws CheckEnded {
    Question question = new Question(name, type);
    Answer answer = asked.get(question);
    if (answer == null) {
      answer = fetch(question);
      asked.put(question, answer);
    }
    boolean empty =
        switch (answer.status()) {
          case NO_DATA, NO_SUCH_NAME -> true;
          case FOUND, TEMPORARY_FAILURE -> false;
        };
    if (empty && counting) {
      countVoid(name, type);
    }
    return answer;
  }

  private Answer fetch(Question question) throws CheckEnded {
    if (time.ticks() - start > settings.time().toNanos()) {
      throw CheckEnded.temporarily(
          "the check took longer than " + settings.time().toSeconds() + " s");
    }
    return resolver.ask(question.name(), question.type());
  }

  /** Asks; RFC 7208 §5 has a failure end the check. */
  Answer need(DnsName name, RecordType type) throws CheckEnded {
    Answer answer = ask(name, type);
    if (answer.failed()) {
      String why = answer.explanation().isEmpty() ? "" : ": " + Words.of(answer.explanation());
      throw CheckEnded.temporarily("the DNS did not answer for " + shown(name, type) + why);
    }
    return answer;
  }

  /** RFC 7208 §4.6.4 limits the terms whose questions find nothing, not the questions. */
  private void countVoid(DnsName name, RecordType type) throws CheckEnded {
    if (lookUps == 0 || foundNothing) {
      return;
    }
    foundNothing = true;
    if (voidLookUps == settings.voidLookUps()) {
      throw CheckEnded.permanently(
          "more than "
              + settings.voidLookUps()
              + " terms look up what is not there: "
              + shown(name, type)
              + " is one too many");
    }
    voidLookUps++;
  }

  static String shown(DnsName name, RecordType type) {
    return type.name() + " of " + Words.of(name.text());
  }
}
