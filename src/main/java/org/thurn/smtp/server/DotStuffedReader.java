package org.thurn.smtp.server;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import org.thurn.net.Connection;
import org.thurn.net.CrlfReader;

/**
 * Reads a message after 354: takes the stuffed dots away and finds its end (RFC 5321 §4.5.2). Only
 * {@code CRLF.CRLF} ends it. A CR or LF of its own never does, and never makes the dot after it the
 * first of a line: that is what SMTP smuggling lives by. The message is then refused as a whole, at
 * its true end.
 */
final class DotStuffedReader implements CrlfReader.Scanner {
  /** So much must come within each data time-out: slower is an attack, not a line. */
  private static final int BLOCK = 16 * 1024;

  private enum State {
    LINE_START,
    /** A dot at the start of a line: stuffing, or the end's beginning. */
    DOT,
    DOT_CR,
    IN_LINE,
    CR,
    END
  }

  private final Reception reception;
  private State state = State.LINE_START;
  private int sinceDeadline;

  DotStuffedReader(Reception reception) {
    this.reception = reception;
  }

  /** Reads to the end of the message; {@code within} is the time for each block of 16 KiB. */
  void read(Connection connection, Duration within) throws IOException {
    connection.readTimeout(within);
    connection.deadline(within);
    while (!ended()) {
      if (!connection.reader().scan(this)) {
        throw new EOFException("the client left within a message");
      }
      if (sinceDeadline >= BLOCK) {
        sinceDeadline = 0;
        connection.deadline(within);
      }
    }
  }

  /** Whether the message has come to its end. */
  boolean ended() {
    return state == State.END;
  }

  @Override
  public int scan(byte[] octets, int from, int to) throws IOException {
    int kept = from;
    int at = from;
    while (at < to && state != State.END) {
      byte octet = octets[at];
      switch (state) {
        case LINE_START -> {
          if (octet == '.') {
            write(octets, kept, at);
            at++;
            kept = at;
            state = State.DOT;
          } else {
            state = State.IN_LINE;
          }
        }
        case DOT -> {
          // RFC 5321 §4.5.2: a dot with more behind it on its line was stuffed, and goes
          state = octet == '\r' ? State.DOT_CR : State.IN_LINE;
          at += octet == '\r' ? 1 : 0;
          kept = at;
        }
        case DOT_CR -> {
          state = octet == '\n' ? State.END : State.IN_LINE;
          if (state == State.END) {
            at++;
          } else {
            reception.bareLineEnd();
          }
          kept = at;
        }
        case IN_LINE -> at = inLine(octets, at, to);
        case CR -> {
          if (octet == '\n') {
            at++;
            state = State.LINE_START;
          } else {
            reception.bareLineEnd();
            state = State.IN_LINE;
          }
        }
        case END -> throw new IllegalStateException("nothing is read after the end");
      }
    }
    write(octets, kept, at);
    sinceDeadline += at - from;
    return at - from;
  }

  /** Runs to the next CR or LF; returns the index after it. */
  private int inLine(byte[] octets, int start, int to) {
    int at = start;
    while (at < to && octets[at] != '\r' && octets[at] != '\n') {
      at++;
    }
    if (at == to) {
      return at;
    }
    if (octets[at] == '\r') {
      state = State.CR;
    } else {
      reception.bareLineEnd();
    }
    return at + 1;
  }

  private void write(byte[] octets, int start, int end) throws IOException {
    if (end > start) {
      reception.write(octets, start, end - start);
    }
  }
}
