package org.thurn.transfer.relay;

import java.util.List;
import java.util.Locale;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;

/** Asks the DNS and notes what it said. */
record Questions(Resolver resolver) {

  Answer ask(DnsName name, RecordType type, String purpose, Journey journey) {
    Answer answer = resolver.ask(name, type);
    journey.note(
        new Event.DnsAnswered(
            name.toString(),
            type.name(),
            answer.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            answer.security().name().toLowerCase(Locale.ROOT),
            shown(answer),
            answer.server(),
            answer.took(),
            purpose));
    return answer;
  }

  private static List<String> shown(Answer answer) {
    return answer.records().stream().limit(20).map(Questions::shown).toList();
  }

  /** Master-file words, of the types that are asked for here. */
  private static String shown(RecordData data) {
    return switch (data) {
      case RecordData.Mx mx -> mx.preference() + " " + mx.exchange();
      case RecordData.A a -> a.address().getHostAddress();
      case RecordData.Aaaa aaaa -> aaaa.address().getHostAddress();
      case RecordData.Cname cname -> cname.target().toString();
      case RecordData.Txt _,
          RecordData.Tlsa _,
          RecordData.Ptr _,
          RecordData.Ns _,
          RecordData.Soa _,
          RecordData.Other _ ->
          data.toString();
    };
  }

  /** Why a question failed, in words. */
  static String failure(Answer answer) {
    String why = answer.explanation().isEmpty() ? "no answer" : answer.explanation();
    return "the DNS could not say the " + answer.type() + " of " + answer.name() + " now: " + why;
  }
}
