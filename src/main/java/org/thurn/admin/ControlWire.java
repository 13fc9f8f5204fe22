package org.thurn.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.thurn.net.CrlfReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What crosses the control socket: JSON objects, one a line, each ended by CRLF. The client sends
 * {@code {"author","command","arguments","octets"}} and then as many octets; the server answers
 * with any number of {@code {"item"}} and {@code {"text"}}, and last {@code {"exit","words"}}.
 */
final class ControlWire {
  static final int MAX_LINE = 8 << 20;
  static final JsonMapper JSON = new JsonMapper();

  private ControlWire() {}

  static void write(OutputStream out, JsonNode object) throws IOException {
    out.write(JSON.writeValueAsString(object).getBytes(StandardCharsets.UTF_8));
    out.write('\r');
    out.write('\n');
    out.flush();
  }

  static JsonNode read(CrlfReader reader) throws IOException {
    return switch (reader.readLine(MAX_LINE)) {
      case CrlfReader.Line.Text text -> object(text.utf8());
      case CrlfReader.Line.TooLong() -> throw new IOException("a line of over 8 MiB");
      case CrlfReader.Line.BareEnd() -> throw new IOException("a line with a bare CR or LF");
      case CrlfReader.Line.End() -> throw new IOException("the other side closed the socket");
    };
  }

  private static JsonNode object(String text) throws IOException {
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw new IOException("a line that is no JSON object");
      }
      return node;
    } catch (JacksonException e) {
      throw new IOException("a line that is no JSON", e);
    }
  }

  /** The next {@code octets} octets as a stream. */
  static InputStream bounded(CrlfReader reader, long octets) {
    return new InputStream() {
      private long left = Math.max(0, octets);

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        int count = reader.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
          throw new IOException("the other side closed the socket in mid-data");
        }
        left -= count;
        return count;
      }
    };
  }
}
