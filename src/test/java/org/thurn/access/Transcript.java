package org.thurn.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A dialogue in a file. {@code C:} lines are sent, {@code S:} lines must come, in order; {@code
 * C2:} and {@code S2:} are a second client's. {@code …} in an {@code S:} line stands for anything,
 * {@code #} begins a comment. Each client's greeting is its first {@code S:} line.
 */
public final class Transcript {
  private final int port;
  private final String name;
  private final Map<String, LineClient> clients = new TreeMap<>();

  private Transcript(int port, String name) {
    this.port = port;
    this.name = name;
  }

  /** Plays {@code src/test/resources/NAME} against a port. */
  public static void play(String name, int port) throws IOException {
    Transcript transcript = new Transcript(port, name);
    try (InputStream in = Transcript.class.getResourceAsStream("/" + name)) {
      assertThat(in).as(name).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int number = 0;
      for (String line : text.lines().toList()) {
        transcript.step(line, ++number);
      }
    } finally {
      for (LineClient client : transcript.clients.values()) {
        client.close();
      }
    }
  }

  private void step(String line, int number) throws IOException {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    int colon = line.indexOf(':');
    String who = line.substring(1, colon);
    String text = line.length() > colon + 2 ? line.substring(colon + 2) : "";
    LineClient client = clients.get(who);
    if (client == null) {
      client = new LineClient(port);
      clients.put(who, client);
    }
    if (line.startsWith("C")) {
      client.send(latin1(text));
    } else {
      String got = client.line();
      assertThat(got).as("%s:%d %s", name, number, text).matches(pattern(latin1(text)));
    }
  }

  /** The octets of UTF-8, one char each, as {@link LineClient} has them. */
  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static Pattern pattern(String text) {
    StringBuilder regex = new StringBuilder();
    String separator = "";
    for (String fixed : text.split(Pattern.quote(latin1("…")), -1)) {
      regex.append(separator).append(Pattern.quote(fixed));
      separator = ".*";
    }
    return Pattern.compile(regex.toString());
  }
}
