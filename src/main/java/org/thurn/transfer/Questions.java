package org.thurn.transfer;

import java.util.List;
import java.util.Locale;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;

/** Asks the DNS, and notes each question and what it brought in the journey that it was for. */
public record Questions(Resolver resolver) {
  private static final int MAX_NOTED = 20;

  /**
   * Asks.
   *
   * @param purpose such as {@code iprev}, for the journey
   */
  public Answer ask(DnsName name, RecordType type, String purpose, Journey journey) {
    Answer answer = resolver.ask(name, type);
    journey.note(
        new Event.DnsAnswered(
            name.toString(),
            type.name(),
            answer.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            answer.security().name().toLowerCase(Locale.ROOT),
            answer.records().stream().limit(MAX_NOTED).map(Questions::words).toList(),
            answer.server(),
            answer.took(),
            purpose));
    return answer;
  }

  /** Why a question failed, in words. */
  public static String failure(Answer answer) {
    String why = answer.explanation().isEmpty() ? "no answer" : answer.explanation();
    return "the DNS could not say the " + answer.type() + " of " + answer.name() + " now: " + why;
  }

  /** As a master file has it, RFC 1035 §5.1. */
  private static String words(RecordData data) {
    return switch (data) {
      case RecordData.A(var address) -> address.getHostAddress();
      case RecordData.Aaaa(var address) -> address.getHostAddress();
      case RecordData.Mx(int preference, DnsName exchange) -> preference + " " + exchange;
      case RecordData.Txt(List<String> strings) -> '"' + String.join("\" \"", strings) + '"';
      case RecordData.Ptr(DnsName name) -> name.toString();
      case RecordData.Cname(DnsName target) -> target.toString();
      case RecordData.Ns(DnsName host) -> host.toString();
      case RecordData.Tlsa tlsa ->
          tlsa.usage() + " " + tlsa.selector() + " " + tlsa.matching() + " " + tlsa.data();
      case RecordData.Soa soa -> soa.primary() + " " + soa.responsible() + " " + soa.serial();
      case RecordData.Other other -> other.presentation();
    };
  }
}
