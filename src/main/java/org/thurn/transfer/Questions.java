package org.thurn.transfer;

import org.thurn.authentication.AnswerNote;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Journey;

/** Asks the DNS, and notes each question and what it brought in the journey that it was for. */
public record Questions(Resolver resolver) {
  /**
   * Asks.
   *
   * @param purpose such as {@code iprev}, for the journey
   */
  public Answer ask(DnsName name, RecordType type, String purpose, Journey journey) {
    Answer answer = resolver.ask(name, type);
    journey.note(AnswerNote.of(answer, purpose));
    return answer;
  }

  /** Why a question failed, in words. */
  public static String failure(Answer answer) {
    String why = answer.explanation().isEmpty() ? "no answer" : answer.explanation();
    return "the DNS could not say the " + answer.type() + " of " + answer.name() + " now: " + why;
  }
}
