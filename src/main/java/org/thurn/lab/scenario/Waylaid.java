package org.thurn.lab.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.lab.attack.Ambush;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.transfer.relay.RelaySettings;

/**
 * An account writes by its own server while somebody strips STARTTLS on the way to the recipient's.
 * When the letter waits he leaves, and the queue is told to try again.
 */
record Waylaid(About about, Mailbox author, Mailbox recipient) implements Scenario {
  /** A second more than a connection waits for another letter, which nobody could waylay. */
  private static final Duration REST = RelaySettings.Limits.DEFAULT.idle().plusSeconds(1);

  @Override
  public List<Domain> way() {
    return List.of(author.domain().orElseThrow(), recipient.domain().orElseThrow());
  }

  @Override
  public Duration rest() {
    return REST;
  }

  @Override
  public void play(Cast cast, String messageId) throws IOException {
    Actor here = cast.of(author);
    InetSocketAddress door = cast.door(cast.of(recipient));
    QueueId queued;
    try (Ambush ambush = Ambush.before(door);
        Road.Detour _ = cast.road().lead(door, ambush.address())) {
      queued = Submitted.submit(cast, messageId, author, recipient);
      cast.await(
          () -> attempted(cast, here, messageId), here.host() + " to try to send " + messageId);
      if (cast.noted(here, messageId, Event.Relayed.class).isPresent()) {
        throw new IOException(
            "the letter went over a connection that was open before the attacker came; play it again"
                + " in some seconds");
      }
      if (ambush.heard().contains("DATA")) {
        throw new IOException("the attacker has the letter");
      }
    }
    if (!here.inside().queue().retry(queued, "scenario")) {
      throw new IOException("the queue of " + here.host() + " does not have the letter any more");
    }
  }

  /** The first attempt came to an end. */
  private static Optional<Event> attempted(Cast cast, Actor here, String messageId) {
    Optional<Event.Deferred> deferred = cast.noted(here, messageId, Event.Deferred.class);
    return deferred.isPresent()
        ? deferred.map(Event.class::cast)
        : cast.noted(here, messageId, Event.Relayed.class).map(Event.class::cast);
  }
}
