package org.thurn.lab.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;

/** A play about one message, with real servers. */
public sealed interface Scenario permits Spoofed, Submitted, Forwarded, Carried, Waylaid {
  About about();

  /** The domains that the message goes through. The last one's server judges it. */
  List<Domain> way();

  /**
   * Sends the message on its way.
   *
   * @throws IOException if a step before the last one fails
   */
  void play(Cast cast, String messageId) throws IOException;

  /** How long after its end the same may not be played again. */
  default Duration rest() {
    return Duration.ZERO;
  }

  /**
   * What is told of it before.
   *
   * @param name for programs: lower case, with hyphens
   * @param title for people
   * @param promise one sentence: what will happen
   */
  record About(String name, String title, String promise, Verdict expected) {}

  /** The domain whose server judges. */
  default Domain judge() {
    return way().getLast();
  }

  /** The letter that all scenarios send. */
  static Letter letter(Cast cast, String messageId, Mailbox author, Mailbox recipient) {
    String text =
        """
        Dear Bob,

        please give %s to the bearer of this letter.

        Yours, Alice
        """
            .formatted(Treatment.SUM);
    return Letter.written(
        messageId, cast.time().now(), author, recipient, "The money for the post", text);
  }

  /** From the author's own host, with the author in the envelope. */
  static void fromHome(Cast cast, Letter letter, Mailbox author, Mailbox recipient)
      throws IOException {
    cast.courier()
        .bring(
            new Courier.Trip(
                cast.of(author), cast.of(recipient), ReversePath.of(author), recipient),
            letter);
  }
}
