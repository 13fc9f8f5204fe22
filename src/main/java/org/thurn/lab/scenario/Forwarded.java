package org.thurn.lab.scenario;

import java.io.IOException;
import java.util.List;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

/**
 * The list's own server forwards by an alias and seals what it saw: neither the envelope's sender
 * nor what the author wrote is changed.
 *
 * @param alias to whom the author writes
 * @param recipient where that leads
 */
record Forwarded(About about, Mailbox author, Signature signature, Mailbox alias, Mailbox recipient)
    implements Scenario {
  /** To the friend. */
  Forwarded(About about, Mailbox author, Signature signature) {
    this(about, author, signature, People.FRIENDS, People.FRIEND);
  }

  @Override
  public List<Domain> way() {
    return List.of(author.domain().orElseThrow(), People.LIST, recipient.domain().orElseThrow());
  }

  @Override
  public void play(Cast cast, String messageId) throws IOException {
    Letter letter = Scenario.letter(cast, messageId, author, alias);
    Scenario.fromHome(cast, signature.on(letter, cast.keys(), cast.time()), author, alias);
  }
}
