package org.thurn.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.thurn.net.Connection;
import org.thurn.time.Time;

/**
 * Closes a connection whose peer takes no more octets: a blocked write has no time-out of its own
 * (RFC 5321 §4.5.3.2.5). Everything written through it counts as progress.
 */
final class StallGuard extends OutputStream {
  private final OutputStream out;
  private final AtomicLong progress = new AtomicLong(System.nanoTime());
  private final Thread watch;

  StallGuard(Connection connection, Duration patience) {
    this.out = connection.out();
    this.watch = Thread.ofVirtual().start(() -> watch(connection, patience));
  }

  private void watch(Connection connection, Duration patience) {
    try {
      long left = patience.toNanos();
      while (left > 0) {
        Time.system().pause(Duration.ofNanos(left)); // real time: it is a real socket that blocks
        left = patience.toNanos() - (System.nanoTime() - progress.get());
      }
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the message went through: nothing to guard any more
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    out.write(octets, offset, length);
    progress.set(System.nanoTime());
  }

  @Override
  public void flush() throws IOException {
    out.flush();
    progress.set(System.nanoTime());
  }

  /** Ends the watch; the connection stays open. */
  @Override
  public void close() {
    watch.interrupt();
  }
}
