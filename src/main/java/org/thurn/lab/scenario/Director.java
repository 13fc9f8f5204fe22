package org.thurn.lab.scenario;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;

/** Has scenarios played, and remembers each one's last outcome. Safe for many threads. */
public final class Director {
  private final Cast cast;
  private final Map<String, Outcome> last = new ConcurrentHashMap<>();

  public Director(Cast cast) {
    this.cast = cast;
  }

  /** The last outcome since the start. */
  public Optional<Outcome> last(Scenario scenario) {
    return Optional.ofNullable(last.get(scenario.about().name()));
  }

  /**
   * Plays a scenario and waits for its end.
   *
   * @throws IOException if it did not come to one
   */
  public Outcome play(Scenario scenario) throws IOException {
    Optional<Outcome> before = last(scenario);
    if (before.isPresent()) {
      cast.waitUntil(before.get().at().plus(scenario.rest()));
    }
    Actor judge = cast.actor(scenario.judge());
    Actor author = cast.actor(scenario.way().getFirst());
    String name = scenario.about().name();
    String messageId =
        "<%s.%s@%s>"
            .formatted(name, author.inside().journey().newQueueId().text(), author.host().ascii());
    scenario.play(cast, messageId);
    Outcome outcome =
        cast.await(
            () -> outcome(scenario, messageId, judge), judge.host() + " to judge " + messageId);
    last.put(name, outcome);
    return outcome;
  }

  private Optional<Outcome> outcome(Scenario scenario, String messageId, Actor judge) {
    List<Event> events =
        judge.inside().journal().trace(messageId).stream().map(Entry::event).toList();
    List<Event> findings = events.stream().filter(Director::isFinding).toList();
    Optional<Event.AuthenticationJudged> judged = first(events, Event.AuthenticationJudged.class);
    Optional<Event.Refused> refused = first(events, Event.Refused.class);
    boolean ended = refused.isPresent() || first(events, Event.Stored.class).isPresent();
    return judged
        .filter(_ -> ended)
        .map(
            judgement ->
                new Outcome(
                    scenario,
                    cast.time().now(),
                    messageId,
                    refused.map(Director::verdict).orElseGet(() -> verdict(judgement)),
                    refused,
                    findings));
  }

  private static Verdict verdict(Event.Refused refused) {
    return refused.code() / 100 == 4 ? Verdict.DEFERRED : Verdict.REFUSED;
  }

  private static Verdict verdict(Event.AuthenticationJudged judged) {
    return switch (judged.action()) {
      case "accept" -> Verdict.DELIVERED;
      case "junk" -> Verdict.JUNK;
      case String _ -> Verdict.WARNED;
    };
  }

  private static boolean isFinding(Event event) {
    return event instanceof Event.SpfChecked
        || event instanceof Event.DkimChecked
        || event instanceof Event.ArcChecked
        || event instanceof Event.DmarcChecked
        || event instanceof Event.AuthenticationJudged;
  }

  private static <E extends Event> Optional<E> first(List<Event> events, Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
