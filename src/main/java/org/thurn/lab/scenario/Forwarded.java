package org.thurn.lab.scenario;

import java.io.IOException;
import java.util.List;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

/**
 * The list's own server forwards by an alias: neither the envelope's sender nor the message is
 * changed.
 */
record Forwarded(About about, Mailbox author, Signature signature) implements Scenario {
  @Override
  public List<Domain> way() {
    return List.of(
        author.domain().orElseThrow(), People.LIST, People.FRIEND.domain().orElseThrow());
  }

  @Override
  public void play(Cast cast, String messageId) throws IOException {
    Letter letter = Scenario.letter(cast, messageId, author, People.FRIENDS);
    Scenario.fromHome(cast, signature.on(letter, cast.keys(), cast.time()), author, People.FRIENDS);
  }
}
