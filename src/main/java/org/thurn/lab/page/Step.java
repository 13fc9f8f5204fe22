package org.thurn.lab.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurn.journey.Event;

/** A part of a journey that is told in one go. */
sealed interface Step {
  /** In the order of time; at least one. */
  List<Seen> seen();

  default Instant start() {
    return seen().getFirst().time();
  }

  /** The first event of a kind. */
  default <E extends Event> Optional<E> first(Class<E> kind) {
    return seen().stream().map(Seen::event).filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Something that one domain does by itself. */
  record Work(Place place, List<Seen> seen) implements Step {
    public Work {
      seen = List.copyOf(seen);
    }
  }

  /**
   * A session, seen from one end or from both.
   *
   * @param client what the client's journal has, empty if it is not one of the lab's servers
   * @param server what the server's journal has
   */
  record Conversation(List<Seen> client, List<Seen> server) implements Step {
    public Conversation {
      client = List.copyOf(client);
      server = List.copyOf(server);
    }

    @Override
    public List<Seen> seen() {
      return Stream.concat(client.stream(), server.stream()).sorted(Seen.byTime()).toList();
    }

    Optional<Place> clientPlace() {
      return client.stream().map(Seen::place).findFirst();
    }

    Optional<Place> serverPlace() {
      return server.stream().map(Seen::place).findFirst();
    }

    /** What was said, and what each side noted beside it, in the order of time. */
    List<Line> lines() {
      return Line.matched(client, server);
    }
  }

  /**
   * One thing that happened in a session: something said that both sides heard, or something that
   * only one of them noted.
   */
  record Line(Optional<Seen> client, Optional<Seen> server) {
    Seen any() {
      return client.or(this::server).orElseThrow();
    }

    /** When the first side noted it. */
    Instant time() {
      Instant one = any().time();
      return server.map(Seen::time).filter(one::isAfter).orElse(one);
    }

    /**
     * Each side's notes in their order. What was sent and what was received are the same where the
     * words are, searched forward: a pipelining client sends on before it hears the first answer.
     */
    private static List<Line> matched(List<Seen> client, List<Seen> server) {
      List<Line> lines = new ArrayList<>();
      List<Seen> unheard = new ArrayList<>(server);
      for (Seen sent : client) {
        Optional<Seen> heard =
            unheard.stream().filter(other -> said(sent.event(), other.event())).findFirst();
        heard.ifPresent(unheard::remove);
        lines.add(new Line(Optional.of(sent), heard));
      }
      unheard.forEach(one -> lines.add(new Line(Optional.empty(), Optional.of(one))));
      lines.sort(Comparator.comparing(Line::time));
      return lines;
    }

    private static boolean said(Event client, Event server) {
      return switch (client) {
        case Event.CommandSent(var command) ->
            server instanceof Event.CommandReceived(var heard) && heard.equals(command);
        case Event.ReplyReceived(int code, var text) ->
            server instanceof Event.ReplySent(int sent, var words)
                && sent == code
                && words.equals(text);
        case Event _ -> false;
      };
    }
  }
}
