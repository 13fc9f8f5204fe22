package org.thurn.lab.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** What passed through the attacker's hands, and what he did, in its order. For many threads. */
public final class Recording {
  /** A letter of the range is 200 octets; who talks without end fills no memory. */
  private static final int MAX_OCTETS = 256 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Item> items = new ArrayList<>();
  private int connections;
  private int octets;

  /** Who said something to him. */
  public enum Speaker {
    SENDER,
    RECEIVER
  }

  /** One thing in it. */
  public sealed interface Item {
    /** Of the sender's connections to him, from 1. */
    int connection();
  }

  /**
   * What somebody said, as it came to him: what he cannot read looks it.
   *
   * @param octets one character each
   */
  public record Said(int connection, Speaker speaker, String octets) implements Item {
    /** Whether it is text, and not TLS. */
    public boolean readable() {
      return octets
          .chars()
          .allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\r' || c == '\n' || c == '\t');
    }

    private boolean continues(Said before) {
      return connection == before.connection()
          && speaker == before.speaker()
          && readable() == before.readable();
    }
  }

  /**
   * What he did.
   *
   * @param words the attacker does this
   */
  public record Did(int connection, String words) implements Item {}

  /** A connection begins; its number. */
  int begin() {
    lock.lock();
    try {
      connections++;
      return connections;
    } finally {
      lock.unlock();
    }
  }

  void said(int connection, Speaker speaker, byte[] octets, int length) {
    String text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    keep(new Said(connection, speaker, text));
  }

  void said(int connection, Speaker speaker, String line) {
    keep(new Said(connection, speaker, line + "\r\n"));
  }

  void did(int connection, String words) {
    lock.lock();
    try {
      items.add(new Did(connection, words));
    } finally {
      lock.unlock();
    }
  }

  /** What somebody says in several breaths is one thing. */
  private void keep(Said said) {
    lock.lock();
    try {
      octets += said.octets().length();
      if (octets > MAX_OCTETS) {
        return;
      }
      if (!items.isEmpty() && items.getLast() instanceof Said before && said.continues(before)) {
        items.removeLast();
        items.add(new Said(said.connection(), said.speaker(), before.octets() + said.octets()));
      } else {
        items.add(said);
      }
    } finally {
      lock.unlock();
    }
  }

  /** All of it so far. */
  List<Item> items() {
    lock.lock();
    try {
      return List.copyOf(items);
    } finally {
      lock.unlock();
    }
  }

  /** All that the sender said. */
  String heard() {
    return items().stream()
        .filter(item -> item instanceof Said said && said.speaker() == Speaker.SENDER)
        .map(item -> ((Said) item).octets())
        .collect(Collectors.joining());
  }
}
