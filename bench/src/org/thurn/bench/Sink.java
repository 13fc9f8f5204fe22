package org.thurn.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Postfix's smtp-sink: takes everything, keeps nothing, and counts. */
final class Sink {
  private static final Pattern COUNT = Pattern.compile("mesg=(\\d+)");

  private final InetSocketAddress address;
  private volatile long count;

  private Sink(InetSocketAddress address) {
    this.address = address;
  }

  static Sink start(Group group, Path folder) throws Exception {
    Sink sink = new Sink(Ports.free());
    Process process =
        group.startPiped(
            folder,
            List.of(
                "smtp-sink", "-u", "nobody", "-c", "127.0.0.1:" + sink.address.getPort(), "1000"));
    Thread.ofPlatform().daemon().name("sink").start(() -> sink.follow(process));
    Ports.await(sink.address, process, Path.of("/dev/null"));
    return sink;
  }

  /** Each count overwrites the one before it in a terminal's line. */
  private void follow(Process process) {
    try (InputStream in = process.getInputStream()) {
      byte[] buffer = new byte[4096];
      String rest = "";
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String text = rest + new String(buffer, 0, n, StandardCharsets.US_ASCII);
        int end = text.lastIndexOf('\r') + 1;
        Matcher matcher = COUNT.matcher(text.substring(0, end));
        while (matcher.find()) {
          count = Long.parseLong(matcher.group(1));
        }
        rest = text.substring(end);
      }
    } catch (IOException _) {
      return; // it was ended
    }
  }

  InetSocketAddress address() {
    return address;
  }

  long count() {
    return count;
  }
}
