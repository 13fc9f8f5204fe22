package org.thurn.lab.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventId;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

/** Journeys made up for tests: each event a millisecond after the one before. */
final class Stage {
  static final String MESSAGE = "<1@strict.example>";
  static final Place STRICT = place(0, "strict.example", "127.25.0.1");
  static final Place SOFT = place(1, "soft.example", "127.25.0.2");
  static final Mailbox ALICE = Mailbox.of("alice@strict.example");
  static final Mailbox BOB = Mailbox.of("bob@soft.example");

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final List<Seen> seen = new ArrayList<>();

  private static Place place(int number, String domain, String address) {
    return new Place(number, Domain.of(domain), Domain.of("mx." + domain), address);
  }

  /** Something that a place does with the message outside of a session. */
  Stage work(Place place, Event event) {
    return add(place, Optional.empty(), Optional.empty(), event);
  }

  Stage work(Place place, Mailbox recipient, Event event) {
    return add(place, Optional.empty(), Optional.of(recipient), event);
  }

  /** Something in the session, of which each place has one. */
  Stage talk(Place place, Event event) {
    return add(place, Optional.of(new SessionId(id(place, 900))), Optional.empty(), event);
  }

  private Stage add(
      Place place, Optional<SessionId> session, Optional<Mailbox> recipient, Event event) {
    int number = seen.size() + 1;
    Entry entry =
        new Entry(
            new EventId(id(place, number)),
            START.plusMillis(seen.size()),
            session,
            Optional.of(new QueueId(id(place, 901))),
            Optional.of(MESSAGE),
            recipient,
            event);
    seen.add(new Seen(place, entry));
    return this;
  }

  private static String id(Place place, int number) {
    return "%s%012d".formatted((char) ('A' + place.number()), number);
  }

  Story story() {
    return new Story(MESSAGE, seen);
  }

  static Event.Accepted accepted(String subject, Mailbox... recipients) {
    return new Event.Accepted(
        MESSAGE,
        org.thurn.name.ReversePath.of(ALICE),
        List.of(recipients),
        300,
        "0123abcd",
        subject);
  }
}
