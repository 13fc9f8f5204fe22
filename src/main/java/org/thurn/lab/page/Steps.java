package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;

/** Parts a journey into the steps that a person would tell it in. */
final class Steps {
  private final Map<Talk, List<Seen>> sessions = new LinkedHashMap<>();
  private final List<List<Seen>> works = new ArrayList<>();
  private final Map<Desk, List<Seen>> current = new HashMap<>();

  /** One session of one domain. */
  private record Talk(Place place, SessionId session) {}

  /** Where one domain works on one message. */
  private record Desk(Place place, Optional<QueueId> queue) {}

  private Steps() {}

  /** In the order in which they began. */
  static List<Step> of(Story story) {
    Steps steps = new Steps();
    story.seen().forEach(steps::sort);
    List<Step> all = new ArrayList<>(steps.conversations());
    steps.works.forEach(work -> all.add(new Step.Work(work.getFirst().place(), work)));
    all.sort(Comparator.comparing(Step::start));
    return all;
  }

  private void sort(Seen seen) {
    Desk desk = new Desk(seen.place(), seen.entry().queue());
    Optional<SessionId> session = seen.entry().session();
    if (session.isPresent()) {
      sessions
          .computeIfAbsent(new Talk(seen.place(), session.get()), _ -> new ArrayList<>())
          .add(seen);
      current.remove(desk);
    } else {
      @Nullable List<Seen> work = current.get(desk);
      if (work == null || seen.event() instanceof Event.AttemptStarted) {
        work = new ArrayList<>();
        works.add(work);
        current.put(desk, work);
      }
      work.add(seen);
    }
  }

  /** The two ends of one connection are told together. */
  private List<Step> conversations() {
    List<List<Seen>> servers = new ArrayList<>();
    List<List<Seen>> clients = new ArrayList<>();
    sessions.values().forEach(session -> (isClient(session) ? clients : servers).add(session));
    List<Step> conversations = new ArrayList<>();
    for (List<Seen> client : clients) {
      Optional<List<Seen>> server =
          servers.stream().filter(other -> sameConnection(client, other)).findFirst();
      server.ifPresent(servers::remove);
      conversations.add(new Step.Conversation(client, server.orElse(List.of())));
    }
    servers.forEach(server -> conversations.add(new Step.Conversation(List.of(), server)));
    return conversations;
  }

  private static boolean isClient(List<Seen> session) {
    return session.stream()
        .anyMatch(
            one ->
                one.event() instanceof Event.ConnectionOpened
                    || one.event() instanceof Event.ConnectionFailed
                    || one.event() instanceof Event.CommandSent
                    || one.event() instanceof Event.ReplyReceived);
  }

  /** The client's port is not in its events: addresses and the order of time tell. */
  private static boolean sameConnection(List<Seen> client, List<Seen> server) {
    return client.stream()
        .map(Seen::event)
        .filter(Event.ConnectionOpened.class::isInstance)
        .map(Event.ConnectionOpened.class::cast)
        .anyMatch(opened -> server.stream().anyMatch(one -> isOtherEnd(opened, one.event())));
  }

  private static boolean isOtherEnd(Event.ConnectionOpened opened, Event event) {
    return event instanceof Event.ConnectionAccepted accepted
        && accepted.remoteAddress().equals(opened.localAddress())
        && accepted.localAddress().equals(opened.remoteAddress())
        && accepted.localPort() == opened.remotePort();
  }
}
