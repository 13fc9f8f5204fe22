package org.thurn.lab.attack;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One place of the matrix. */
public record Cell(SenderDefence sender, ReceiverDefence receiver, Attack attack) {
  /** All of them. */
  public static List<Cell> all() {
    return Arrays.stream(Attack.values()).flatMap(attack -> of(attack).stream()).toList();
  }

  /** Those of one attack, by sender and then by receiver. */
  public static List<Cell> of(Attack attack) {
    return Arrays.stream(SenderDefence.values())
        .flatMap(
            sender ->
                Arrays.stream(ReceiverDefence.values())
                    .map(receiver -> new Cell(sender, receiver, attack)))
        .toList();
  }

  /** The one of this name. */
  public static Optional<Cell> named(String name) {
    return all().stream().filter(cell -> cell.name().equals(name)).findFirst();
  }

  /** For programs: {@code sts-known/both/strip}. */
  public String name() {
    return sender.word() + "/" + receiver.word() + "/" + attack.word();
  }

  /** What docs/attacks.md promises. */
  public Fate expected() {
    if (attack == Attack.DNSSEC_BROKEN && sender.validates()) {
      return Fate.DEFERRED; // of a signed domain or not: what cannot be proven is not believed
    }
    if (!receiver.tls()) {
      return Fate.READABLE;
    }
    if (attack == Attack.LISTEN) {
      return Fate.SAFE;
    }
    return covered() ? Fate.DEFERRED : Fate.READABLE;
  }

  /** Whether the sender knows a promise of the receiver's that the attack breaks. */
  public boolean covered() {
    boolean dane = sender.validates() && receiver.signed();
    boolean policy =
        receiver.policy()
            && sender.asksPolicies()
            && (sender.kept().filter(Edition::enforced).isPresent() || !attack.keepsPolicyAway());
    return dane || (policy && attack != Attack.FRAUDULENT);
  }
}
