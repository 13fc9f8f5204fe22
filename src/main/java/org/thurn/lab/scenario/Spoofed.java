package org.thurn.lab.scenario;

import java.io.IOException;
import java.util.List;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;

/**
 * The attacker's host writes in somebody's name.
 *
 * @param envelope whom MAIL FROM names
 * @param author whom From names
 */
record Spoofed(About about, Mailbox envelope, Mailbox author, Mailbox victim) implements Scenario {
  @Override
  public List<Domain> way() {
    return List.of(People.MALLORY.domain().orElseThrow(), victim.domain().orElseThrow());
  }

  @Override
  public void play(Cast cast, String messageId) throws IOException {
    Letter letter = Scenario.letter(cast, messageId, author, victim);
    cast.courier()
        .carry(
            new Courier.Trip(
                cast.of(People.MALLORY), cast.of(victim), ReversePath.of(envelope), victim),
            letter);
  }
}
