package org.thurn.smtp.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.smtp.Verdict;

/**
 * A message as a client sends it by DATA, in pieces as the network may cut it: its end, its octets
 * and whether it is refused must not depend on the cuts, and be what RFC 5321 §4.5.2 says.
 */
public final class FuzzedData implements FuzzTarget {
  private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

  /** What was read: how many octets were used, the message, and whether it had a bare CR or LF. */
  private record Outcome(int used, boolean ended, boolean refused, String message) {}

  private static final class Collected implements Receiver.Incoming {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean aborted;

    @Override
    public OutputStream body() {
      return message;
    }

    @Override
    public List<Verdict> finish() {
      return List.of(Verdict.accept("2.0.0", "Ok"));
    }

    @Override
    public void abort() {
      aborted = true;
    }
  }

  @Override
  public void take(byte[] octets) throws IOException {
    if (octets.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(octets, 1, octets.length);
    Outcome whole = read(stream, Math.max(stream.length, 1));
    Promise.same(whole, read(stream, 1 + (octets[0] & 0x1f)), "in pieces");
    int end = end(stream);
    Promise.same(end >= 0, whole.ended, "whether it ends");
    if (whole.ended) {
      Promise.same(end, whole.used, "where it ends");
      byte[] message = Arrays.copyOf(stream, end - 3);
      Promise.same(isBare(message), whole.refused, "whether it is refused");
      if (!whole.refused) {
        Promise.same(plain(message), whole.message, "the message");
      }
    }
  }

  private static Outcome read(byte[] stream, int piece) throws IOException {
    Collected collected = new Collected();
    Reception reception = new Reception(collected, Long.MAX_VALUE);
    DotStuffedReader reader = new DotStuffedReader(reception);
    int at = 0;
    while (at < stream.length && !reader.ended()) {
      int to = Math.min(stream.length, at + piece);
      at += reader.scan(stream, at, to);
    }
    if (reader.ended()) {
      reception.finish(1);
    }
    boolean refused = collected.aborted;
    String text = refused ? "" : collected.message.toString(StandardCharsets.ISO_8859_1);
    return new Outcome(at, reader.ended(), refused, reader.ended() ? text : "");
  }

  /** The index after the one true end, or negative. */
  private static int end(byte[] stream) {
    byte[] after = new byte[stream.length + 2];
    after[0] = '\r';
    after[1] = '\n';
    System.arraycopy(stream, 0, after, 2, stream.length);
    for (int i = 0; i + END.length <= after.length; i++) {
      if (Arrays.equals(after, i, i + END.length, END, 0, END.length)) {
        return i + END.length - 2;
      }
    }
    return -1;
  }

  private static boolean isBare(byte[] message) {
    String rest = new String(message, StandardCharsets.ISO_8859_1).replace("\r\n", "");
    return rest.indexOf('\r') >= 0 || rest.indexOf('\n') >= 0;
  }

  private static String plain(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    return ("\n" + text).replace("\n.", "\n").substring(1);
  }
}
