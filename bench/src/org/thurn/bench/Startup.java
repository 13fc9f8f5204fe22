package org.thurn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A start of Thurn's.
 *
 * @param greeting seconds from the launcher's beginning to SMTP's 220
 * @param busy seconds of processor time until the server had nothing more to do
 * @param quiet seconds until then
 * @param memory MiB then
 */
record Startup(double greeting, double busy, double quiet, double memory) {
  private static final int PATIENCE_SECONDS = 900;

  /** A server of which so much of a core is used, over three seconds, has nothing to do. */
  private static final double QUIET = 0.05;

  private static final long LOOK_MILLIS = 3_000;

  /** Starts it, and waits until what the start left to do is done, compactions too. */
  static Startup of(Thurn thurn, Group group, Path launcher) throws Exception {
    long begin = System.nanoTime();
    Process process = thurn.launch(group, launcher);
    long end = begin + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!greets(thurn.smtp())) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("no start: " + Files.readString(thurn.output()));
      }
      Pause.millis(5);
    }
    double greeting = (System.nanoTime() - begin) / 1e9;
    thurn.await(process);
    double used = group.cpu().total();
    double now;
    boolean busy = true;
    while (busy) {
      Pause.millis(LOOK_MILLIS);
      now = group.cpu().total();
      busy = (now - used) / LOOK_MILLIS > QUIET && System.nanoTime() < end;
      used = now;
    }
    return new Startup(greeting, used / 1000, (System.nanoTime() - begin) / 1e9, group.memory());
  }

  private static boolean greets(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1_000);
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      byte[] code = socket.getInputStream().readNBytes(3);
      return Arrays.equals(code, "220".getBytes(US_ASCII));
    } catch (IOException _) {
      return false; // not yet
    }
  }
}
