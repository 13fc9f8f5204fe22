package org.thurn.tls.mtasts;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thurn.dns.Answer;
import org.thurn.journey.Event;

/** Keeps what it hears. */
final class Notes implements StsNotes {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();

  @Override
  public void asked(Answer answer) {
    asked.add(answer.type() + " " + answer.name().text());
  }

  @Override
  public void happened(Event event) {
    events.add(event);
  }

  /** Such as {@code TXT _mta-sts.a.example}. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  List<Event> events() {
    return List.copyOf(events);
  }
}
