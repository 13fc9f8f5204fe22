package org.thurn.lab.attack;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All scenarios on the wire. */
public final class Interceptions {
  private static final List<Interception> ALL =
      List.of(
          new Interception(
              "strip-starttls",
              "STARTTLS is stripped",
              "Where nobody promised TLS the letter goes in the clear and is read; where TLSA"
                  + " records or a policy promise it, the letter waits.",
              pairs(
                  Attack.STRIP,
                  new Pair(SenderDefence.NONE, ReceiverDefence.TLS),
                  new Pair(SenderDefence.STS_FIRST, ReceiverDefence.STS),
                  new Pair(SenderDefence.DANE, ReceiverDefence.DANE))),
          new Interception(
              "untrusted-certificate",
              "A certificate that nobody trusts",
              "It encrypts as well as any, for the attacker: only who was promised something looks"
                  + " at it.",
              pairs(
                  Attack.UNTRUSTED,
                  new Pair(SenderDefence.NONE, ReceiverDefence.TLS),
                  new Pair(SenderDefence.STS_KNOWN, ReceiverDefence.STS),
                  new Pair(SenderDefence.DANE, ReceiverDefence.DANE))),
          new Interception(
              "expired-certificate",
              "A certificate whose time is over",
              "MTA-STS refuses it for its date. DANE refuses it for its key: a date counts nothing"
                  + " there.",
              pairs(
                  Attack.EXPIRED,
                  new Pair(SenderDefence.NONE, ReceiverDefence.TLS),
                  new Pair(SenderDefence.STS_KNOWN, ReceiverDefence.STS),
                  new Pair(SenderDefence.DANE, ReceiverDefence.DANE))),
          new Interception(
              "fraudulent-certificate",
              "A trusted authority was deceived",
              "The certificate is valid and for the right name. MTA-STS believes it, and the letter"
                  + " is read; DANE knows the right key.",
              pairs(
                  Attack.FRAUDULENT,
                  new Pair(SenderDefence.STS_KNOWN, ReceiverDefence.STS),
                  new Pair(SenderDefence.STS_KNOWN, ReceiverDefence.BOTH),
                  new Pair(SenderDefence.DANE, ReceiverDefence.DANE),
                  new Pair(SenderDefence.BOTH, ReceiverDefence.BOTH))),
          new Interception(
              "policy-removed",
              "The policy of MTA-STS disappears",
              "Who never saw it sends in the clear. Who kept it goes by it until its time is over,"
                  + " and even last year's keeps the letter back.",
              pairs(
                  Attack.POLICY_HIDDEN,
                  new Pair(SenderDefence.STS_FIRST, ReceiverDefence.STS),
                  new Pair(SenderDefence.STS_OLD_HOST, ReceiverDefence.STS),
                  new Pair(SenderDefence.STS_KNOWN, ReceiverDefence.STS),
                  new Pair(SenderDefence.DANE, ReceiverDefence.BOTH))),
          new Interception(
              "dnssec-broken",
              "Every signature of the DNS is spoilt",
              "Who does not validate notices nothing. Who validates sends nothing, to an unsigned"
                  + " domain neither: a forged answer would look the same.",
              pairs(
                  Attack.DNSSEC_BROKEN,
                  new Pair(SenderDefence.NONE, ReceiverDefence.DANE),
                  new Pair(SenderDefence.STS_KNOWN, ReceiverDefence.BOTH),
                  new Pair(SenderDefence.DANE, ReceiverDefence.TLS),
                  new Pair(SenderDefence.DANE, ReceiverDefence.DANE))),
          new Interception(
              "old-policy-replayed",
              "Last year's policy is shown again",
              "It demanded nothing. Who knows nothing better believes the record, and so does who"
                  + " kept that very policy; who kept one that demands something does not.",
              pairs(
                  Attack.REPLAY,
                  new Pair(SenderDefence.STS_FIRST, ReceiverDefence.STS),
                  new Pair(SenderDefence.STS_OLD_NONE, ReceiverDefence.STS),
                  new Pair(SenderDefence.STS_OLD_HOST, ReceiverDefence.STS),
                  new Pair(SenderDefence.STS_KNOWN, ReceiverDefence.STS),
                  new Pair(SenderDefence.BOTH, ReceiverDefence.BOTH))),
          new Interception(
              "key-exchange-downgraded",
              "The key exchange is downgraded",
              "The handshake notices it and fails; weaker keys are never agreed on. Who was promised"
                  + " nothing then sends in the clear.",
              pairs(
                  Attack.DOWNGRADE,
                  new Pair(SenderDefence.NONE, ReceiverDefence.TLS),
                  new Pair(SenderDefence.STS_KNOWN, ReceiverDefence.STS),
                  new Pair(SenderDefence.DANE, ReceiverDefence.DANE))));

  private Interceptions() {}

  private record Pair(SenderDefence sender, ReceiverDefence receiver) {}

  private static List<Cell> pairs(Attack attack, Pair... pairs) {
    return Arrays.stream(pairs)
        .map(pair -> new Cell(pair.sender(), pair.receiver(), attack))
        .toList();
  }

  /** In the order in which they are best seen. */
  public static List<Interception> all() {
    return ALL;
  }

  /** By its name. */
  public static Optional<Interception> named(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
