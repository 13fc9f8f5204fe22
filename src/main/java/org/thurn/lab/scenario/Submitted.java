package org.thurn.lab.scenario;

import java.io.IOException;
import java.util.List;
import org.thurn.journey.QueueId;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Submitter;

/** An account writes by its own server, as everybody does every day. */
record Submitted(About about, Mailbox author, Mailbox recipient) implements Scenario {
  @Override
  public List<Domain> way() {
    return List.of(author.domain().orElseThrow(), recipient.domain().orElseThrow());
  }

  @Override
  public void play(Cast cast, String messageId) throws IOException {
    submit(cast, messageId, author, recipient);
  }

  /** Hands the letter of all scenarios to the author's server, as its id there. */
  static QueueId submit(Cast cast, String messageId, Mailbox author, Mailbox recipient)
      throws IOException {
    Submitter.Result result =
        cast.of(author)
            .inside()
            .submitter()
            .submit(
                new Submitter.Submission(author, ReversePath.of(author), List.of(recipient), false),
                Scenario.letter(cast, messageId, author, recipient).open());
    if (!result.verdict().accepted()) {
      throw new IOException("not submitted: " + result.verdict().reply());
    }
    return result.id().orElseThrow();
  }
}
