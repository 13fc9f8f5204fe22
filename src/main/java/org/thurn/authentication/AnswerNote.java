package org.thurn.authentication;

import java.util.List;
import java.util.Locale;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.journey.Event;

/** Tells an answer of the DNS as an event of a journey. */
public final class AnswerNote {
  static final int MAX_RECORDS = 20;

  /** Of one record; a key of 4,096 bits fits, and no record is there to fill the journal with. */
  static final int MAX_TEXT = 1_000;

  private AnswerNote() {}

  /**
   * The event.
   *
   * @param purpose what it was asked for, such as {@code iprev}
   */
  public static Event.DnsAnswered of(Answer answer, String purpose) {
    return new Event.DnsAnswered(
        answer.name().toString(),
        answer.type().name(),
        answer.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        answer.security().name().toLowerCase(Locale.ROOT),
        answer.records().stream().limit(MAX_RECORDS).map(AnswerNote::shown).toList(),
        answer.server(),
        answer.took(),
        purpose);
  }

  private static String shown(RecordData data) {
    String words = words(data);
    return words.length() > MAX_TEXT ? words.substring(0, MAX_TEXT) + "..." : words;
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
