package org.thurn.lab.scenario;

import static org.thurn.lab.scenario.People.ALICE;
import static org.thurn.lab.scenario.People.ALICE_PLAIN;
import static org.thurn.lab.scenario.People.ALICE_SOFT;
import static org.thurn.lab.scenario.People.BOB;
import static org.thurn.lab.scenario.People.BOB_PLAIN;
import static org.thurn.lab.scenario.People.BOB_STRICT;
import static org.thurn.lab.scenario.People.LIST_PROGRAM;
import static org.thurn.lab.scenario.People.MALLORY;
import static org.thurn.lab.scenario.People.NEWS;
import static org.thurn.lab.scenario.Treatment.ALTERED_SUM;
import static org.thurn.lab.scenario.Treatment.REWRITTEN_SENDER;
import static org.thurn.lab.scenario.Treatment.SEAL;
import static org.thurn.lab.scenario.Treatment.TAG_AND_FOOTER;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurn.name.Mailbox;

/** All scenarios. */
public final class Scenarios {
  private static final List<Scenario> OF_AUTHORS =
      List.of(
          new Submitted(
              about(
                  "aligned",
                  "Alice writes herself",
                  "Her own server sends it: SPF and the author's domain agree, it is delivered.",
                  Verdict.DELIVERED),
              ALICE,
              BOB),
          new Spoofed(
              about(
                  "spoofed-from",
                  "Mallory writes as Alice",
                  "The envelope is honest and passes SPF, but From lies: DMARC refuses it, as"
                      + " strict.example asks.",
                  Verdict.REFUSED),
              MALLORY,
              ALICE,
              BOB),
          new Spoofed(
              about(
                  "spoofed-both",
                  "Mallory forges the envelope, too",
                  "Now SPF fails as well: strict.example has never heard of Mallory's address.",
                  Verdict.REFUSED),
              ALICE,
              ALICE,
              BOB),
          new Spoofed(
              about(
                  "spoofed-soft",
                  "The same with a domain that is not sure",
                  "soft.example says ~all and p=none: the forgery is delivered, with a warning.",
                  Verdict.WARNED),
              ALICE_SOFT,
              ALICE_SOFT,
              BOB_STRICT),
          new Forwarded(
              about(
                  "forward-signed",
                  "A friend forwards a signed letter",
                  "list.example sends it on as it is: SPF fails there, the signature still proves"
                      + " Alice.",
                  Verdict.DELIVERED),
              ALICE,
              Signature.GOOD),
          new Forwarded(
              about(
                  "forward-unsigned",
                  "A friend forwards an unsigned letter",
                  "Nothing travels with it that proves Alice: an honest letter is refused.",
                  Verdict.REFUSED),
              ALICE,
              Signature.NONE),
          new Forwarded(
              about(
                  "forward-sealed",
                  "The same to somebody who trusts the forwarder (ARC)",
                  "list.example seals that SPF passed when it came there; soft.example believes its"
                      + " seals and takes it.",
                  Verdict.DELIVERED),
              ALICE,
              Signature.NONE,
              People.CLUB,
              People.MEMBER),
          carried(
              about(
                  "forward-rewritten",
                  "The forwarder rewrites the envelope (SRS)",
                  "SPF passes again, but for list.example and not for Alice: DMARC still refuses"
                      + " it.",
                  Verdict.REFUSED),
              Signature.NONE,
              BOB,
              REWRITTEN_SENDER),
          carried(
              about(
                  "list-changed",
                  "A mailing list adds its footer",
                  "Its tag and footer break Alice's signature: the letter is refused.",
                  Verdict.REFUSED),
              Signature.GOOD,
              BOB,
              TAG_AND_FOOTER),
          carried(
              about(
                  "list-sealed",
                  "The list seals what it changed (ARC)",
                  "soft.example trusts list.example, who saw the signature hold: it is delivered"
                      + " all the same.",
                  Verdict.DELIVERED),
              Signature.GOOD,
              BOB,
              TAG_AND_FOOTER,
              SEAL),
          carried(
              about(
                  "list-sealed-unknown",
                  "The same seal, shown to a stranger",
                  "plain.example trusts no list: a seal alone proves nothing, it is refused.",
                  Verdict.REFUSED),
              Signature.GOOD,
              BOB_PLAIN,
              TAG_AND_FOOTER,
              SEAL),
          stolen(
              about(
                  "body-changed",
                  "Mallory changes the sum",
                  "A signed letter from her mailbox, with another sum: the body's hash gives her"
                      + " away.",
                  Verdict.REFUSED),
              ALTERED_SUM),
          stolen(
              about(
                  "replayed",
                  "Mallory sends a signed letter again",
                  "Unchanged, to somebody else: its signature holds, and nothing here stops it.",
                  Verdict.DELIVERED)),
          new Forwarded(
              about(
                  "signature-expired",
                  "The signature is a week old",
                  "It was good for one day: it proves nothing any more, the letter is refused.",
                  Verdict.REFUSED),
              ALICE,
              Signature.EXPIRED),
          new Forwarded(
              about(
                  "key-revoked",
                  "The key was taken back",
                  "The DNS has an empty key for its selector: the letter is refused.",
                  Verdict.REFUSED),
              ALICE,
              Signature.REVOKED));

  private static final List<Scenario> ON_THE_WIRE =
      List.of(
          new Waylaid(
              about(
                  "attacker-leaves",
                  "Somebody strips STARTTLS, and leaves again",
                  "The TLSA records of strict.example promise TLS: while he is there the letter waits"
                      + " in the queue of plain.example, and when he has gone it arrives.",
                  Verdict.DELIVERED),
              ALICE_PLAIN,
              BOB_STRICT));

  private Scenarios() {}

  /** Those of sender authentication, and then those on the wire. */
  public static List<Scenario> all() {
    return Stream.concat(ofAuthors().stream(), onTheWire().stream()).toList();
  }

  /** What sender authentication makes of forgers and forwarders, as it is best seen. */
  public static List<Scenario> ofAuthors() {
    return OF_AUTHORS;
  }

  /** Somebody sits between two of the domains. */
  public static List<Scenario> onTheWire() {
    return ON_THE_WIRE;
  }

  /** By its name. */
  public static Optional<Scenario> named(String name) {
    return all().stream().filter(scenario -> scenario.about().name().equals(name)).findFirst();
  }

  private static Scenario.About about(String name, String title, String promise, Verdict expected) {
    return new Scenario.About(name, title, promise, expected);
  }

  /** Through the program of the list. */
  private static Carried carried(
      Scenario.About about, Signature signature, Mailbox recipient, Treatment... treatments) {
    return new Carried(about, ALICE, signature, NEWS, LIST_PROGRAM, List.of(treatments), recipient);
  }

  /** Alice wrote to Mallory, who sends it on. */
  private static Carried stolen(Scenario.About about, Treatment... treatments) {
    return new Carried(about, ALICE, Signature.GOOD, MALLORY, MALLORY, List.of(treatments), BOB);
  }
}
