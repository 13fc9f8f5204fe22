package org.thurn.transfer.intake;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;

/**
 * Asks the DNS for one purpose, and notes each question in the journey.
 *
 * @param purpose such as {@code iprev}
 */
record Questions(Resolver resolver, Journey journey, String purpose) {
  private static final int MAX_NOTED = 20;

  Answer ask(DnsName name, RecordType type) {
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

  /** Whether a name has an address: what one question is for, of the address's own family. */
  Answer askAddress(DnsName name, InetAddress like) {
    return ask(name, like.getAddress().length == 4 ? RecordType.A : RecordType.AAAA);
  }

  /** Whether {@code answer} holds the address. */
  static boolean holds(Answer answer, InetAddress address) {
    return answer.all(RecordData.A.class).anyMatch(a -> a.address().equals(address))
        || answer.all(RecordData.Aaaa.class).anyMatch(aaaa -> aaaa.address().equals(address));
  }

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
