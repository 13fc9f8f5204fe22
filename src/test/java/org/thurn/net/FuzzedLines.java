package org.thurn.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Pieces;
import org.thurn.fuzz.Promise;
import org.thurn.name.NameSyntaxException;

/** Lines, the PROXY protocol's header, networks. */
public final class FuzzedLines {
  private static final int MAX_LINE = 40;

  private FuzzedLines() {}

  public static FuzzTarget all() {
    return Choice.of(FuzzedLines::lines, FuzzedLines::proxy, FuzzedLines::network);
  }

  /** The lines do not depend on how the network cuts them, and are those that a plain eye sees. */
  private static void lines(byte[] octets) throws IOException {
    if (octets.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(octets, 1, octets.length);
    List<String> whole = read(new CrlfReader(new ByteArrayInputStream(stream), 64 << 10));
    int piece = 1 + (octets[0] & 0x1f);
    Promise.same(whole, read(new CrlfReader(new Pieces(stream, piece), 7)), "in pieces");
    Promise.same(seen(stream), whole, "the lines");
  }

  private static List<String> read(CrlfReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      switch (reader.readLine(MAX_LINE)) {
        case CrlfReader.Line.Text text -> lines.add("=" + text.latin1());
        case CrlfReader.Line.TooLong() -> lines.add("long");
        case CrlfReader.Line.BareEnd() -> lines.add("bare");
        case CrlfReader.Line.End() -> {
          return lines;
        }
      }
    }
  }

  private static List<String> seen(byte[] stream) {
    String text = new String(stream, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n", start)) {
      String line = text.substring(start, end);
      boolean bare = line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0;
      lines.add(line.length() > MAX_LINE ? "long" : bare ? "bare" : "=" + line);
      start = end + 2;
    }
    return lines;
  }

  /** The header is read to its last octet and not further. */
  private static void proxy(byte[] octets) throws IOException {
    InputStream in = new ByteArrayInputStream(octets);
    try {
      ProxyHeader header = ProxyHeader.read(in);
      Promise.same(header.remote().isPresent(), header.local().isPresent(), "both ends");
      int used = octets.length - in.available();
      byte[] more = Arrays.copyOf(octets, octets.length + 5);
      InputStream longer = new ByteArrayInputStream(more);
      Promise.same(header, ProxyHeader.read(longer), "with more behind it");
      Promise.same(used, more.length - longer.available(), "what it took");
    } catch (IOException e) {
      Promise.holds(e.getMessage() != null, () -> "a failure without words");
    }
  }

  private static void network(byte[] octets) {
    try {
      IpNetwork network = IpNetwork.parse(new String(octets, StandardCharsets.UTF_8));
      Promise.holds(network.contains(network.address()), network::toString);
      Promise.same(network, IpNetwork.parse(network.toString()), "the network");
    } catch (NameSyntaxException e) {
      Promise.holds(e.getMessage() != null, () -> "a failure without words");
    }
  }
}
