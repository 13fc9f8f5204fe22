package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;

/** Parts a journey into the steps that a person would tell it in. */
final class Steps {
  private final Map<Talk, List<Seen>> sessions = new LinkedHashMap<>();
  private final Map<Task, List<Seen>> works = new LinkedHashMap<>();
  private final Map<Desk, Integer> attempts = new HashMap<>();

  /** One session of one domain. */
  private record Talk(Place place, SessionId session) {}

  /** Where one domain works on one message. */
  private record Desk(Place place, Optional<QueueId> queue) {}

  /** What it does there outside of sessions, once for each attempt. */
  private record Task(Desk desk, int attempt, Part part) {}

  private enum Part {
    ACCEPTING,
    ROUTING,
    DELIVERING,
    SETTLING
  }

  private Steps() {}

  /** In the order in which they began. */
  static List<Step> of(Story story) {
    Steps steps = new Steps();
    story.seen().forEach(steps::sort);
    List<Step> all = new ArrayList<>(steps.conversations());
    steps.works.forEach((task, work) -> all.add(new Step.Work(task.desk().place(), work)));
    all.sort(Comparator.comparing(Step::start));
    return all;
  }

  private void sort(Seen seen) {
    Optional<SessionId> session = seen.entry().session();
    if (session.isPresent()) {
      sessions
          .computeIfAbsent(new Talk(seen.place(), session.get()), _ -> new ArrayList<>())
          .add(seen);
    } else {
      Desk desk = new Desk(seen.place(), seen.entry().queue());
      if (seen.event() instanceof Event.AttemptStarted(int number, var _)) {
        attempts.put(desk, number);
      }
      Task task = new Task(desk, attempts.getOrDefault(desk, 0), part(seen.event()));
      works.computeIfAbsent(task, _ -> new ArrayList<>()).add(seen);
    }
  }

  /** Attempts to different hosts run side by side: only the part tells what belongs together. */
  private static Part part(Event event) {
    return switch (event) {
      case Event.Accepted _ -> Part.ACCEPTING;
      case Event.RecipientResolved _ -> Part.ACCEPTING;
      case Event.Refused _ -> Part.ACCEPTING;
      case Event.DnsAnswered _ -> Part.ROUTING;
      case Event.StsPolicyFetched _ -> Part.ROUTING;
      case Event.StsPolicyUsed _ -> Part.ROUTING;
      case Event.StsPolicyFailed _ -> Part.ROUTING;
      case Event.TlsPolicyChosen _ -> Part.ROUTING;
      case Event.AttemptStarted(int _, var destination) ->
          destination.contains("@") ? Part.DELIVERING : Part.ROUTING;
      case Event.Stored _ -> Part.DELIVERING;
      case Event _ -> Part.SETTLING;
    };
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

  /**
   * The client's port is not in its events: addresses and the order of time tell. A connection
   * whose opening the journal has no more, or lost in a crash, is known by what was answered on it.
   */
  private static boolean sameConnection(List<Seen> client, List<Seen> server) {
    Optional<Event.ConnectionOpened> opened =
        client.stream()
            .map(Seen::event)
            .filter(Event.ConnectionOpened.class::isInstance)
            .map(Event.ConnectionOpened.class::cast)
            .findFirst();
    if (opened.isPresent()) {
      return server.stream().anyMatch(one -> isOtherEnd(opened.get(), one.event()));
    }
    Set<Event> heard = new HashSet<>();
    client.stream()
        .filter(one -> one.event() instanceof Event.ReplyReceived)
        .forEach(one -> heard.add(one.event()));
    Set<Event> said = new HashSet<>();
    for (Seen one : server) {
      if (one.event() instanceof Event.ReplySent(int code, var text)) {
        said.add(new Event.ReplyReceived(code, text));
      }
    }
    return !heard.isEmpty() && said.containsAll(heard);
  }

  private static boolean isOtherEnd(Event.ConnectionOpened opened, Event event) {
    return event instanceof Event.ConnectionAccepted accepted
        && accepted.remoteAddress().equals(opened.localAddress())
        && accepted.localAddress().equals(opened.remoteAddress())
        && accepted.localPort() == opened.remotePort();
  }
}
