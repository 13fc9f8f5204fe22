package org.thurn.net;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What TCP and Unix connections share: the reader, the buffered output, the deadlines. */
abstract sealed class StreamConnection implements Connection permits TcpConnection, UnixConnection {
  private static final int MAX_BUFFER = 64 * 1024;
  private static final long NEVER = Long.MAX_VALUE;

  private final Duration writeLimit;
  private final BooleanSupplier draining;
  private final Watchdog.Guard guard;
  private final CrlfReader reader;
  private OutputStream out;
  private volatile boolean atGoodEnd;
  private volatile long deadlineTicks = NEVER;

  StreamConnection(Channels channels, Limits limits) throws IOException {
    this.writeLimit = limits.write();
    this.draining = limits.draining();
    this.guard = limits.watchdog().watch(this::endInput, this::cutOff);
    this.reader = new CrlfReader(new TimedInput(channels.in()), MAX_BUFFER);
    this.out = buffered(channels.out());
  }

  /** The raw streams. */
  record Channels(InputStream in, OutputStream out) {}

  /** What the listener or connector gives to each of its connections. */
  record Limits(Watchdog watchdog, Duration write, BooleanSupplier draining) {}

  /** Closes the raw socket; safe from any thread, never blocks. */
  abstract void cutOff();

  /** Ends the input, so that a thread that waits in a read goes on. */
  abstract void endInput();

  abstract boolean hasRawInput() throws IOException;

  /** Prepares one read that must end within so long, in milliseconds, and a read time-out. */
  abstract void beforeRead(long leftMillis) throws IOException;

  @Override
  public final CrlfReader reader() {
    return reader;
  }

  @Override
  public final boolean hasInput() throws IOException {
    return reader.buffered() > 0 || hasRawInput();
  }

  @Override
  public final OutputStream out() {
    return out;
  }

  @Override
  public final void deadline(Duration whole) {
    deadlineTicks = System.nanoTime() + Math.min(whole.toNanos(), NEVER / 4);
  }

  @Override
  public final boolean draining() {
    return draining.getAsBoolean();
  }

  @Override
  public final void mayEnd(boolean now) {
    atGoodEnd = now;
    if (now && draining()) {
      endInput();
    }
  }

  /** The drain began: wake the thread if it waits between two transactions. */
  final void drain() {
    if (atGoodEnd) {
      endInput();
    }
  }

  final Watchdog.Guard guard() {
    return guard;
  }

  /** Goes on with other streams, as after a handshake. */
  final void switchTo(InputStream nextIn, OutputStream nextOut) {
    reader.switchTo(new TimedInput(nextIn));
    out = buffered(nextOut);
  }

  private OutputStream buffered(OutputStream raw) {
    return new BufferedOutputStream(new TimedOutput(raw));
  }

  private IOException told(IOException e, String what) {
    if (!guard.expired() && !guard.inputEnded()) {
      return e;
    }
    SocketTimeoutException timeout = new SocketTimeoutException(what);
    timeout.initCause(e);
    return timeout;
  }

  /** Reads under the deadline. */
  private final class TimedInput extends InputStream {
    private final InputStream in;

    TimedInput(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      long left = NEVER;
      if (deadlineTicks != NEVER) {
        left = (deadlineTicks - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new SocketTimeoutException("the peer took too long");
        }
      }
      try {
        beforeRead(left);
        int count = in.read(into, offset, length);
        if (count < 0 && guard.inputEnded()) {
          throw new SocketTimeoutException("the peer took too long");
        }
        return count;
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        throw told(e, "the peer took too long");
      } finally {
        guard.readAtRest();
      }
    }
  }

  /** Writes that a peer who does not read cannot hold for ever. */
  private final class TimedOutput extends OutputStream {
    private final OutputStream raw;

    TimedOutput(OutputStream raw) {
      this.raw = raw;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      guard.writeWithin(writeLimit);
      try {
        raw.write(octets, offset, length);
      } catch (IOException e) {
        throw told(e, "the peer did not read");
      } finally {
        guard.writeAtRest();
      }
    }

    @Override
    public void flush() throws IOException {
      raw.flush();
    }
  }
}
