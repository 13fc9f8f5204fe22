package org.thurn.net.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.net.CrlfReader;
import org.thurn.net.CrlfReader.Line;

/** Reads one answer, RFC 9112 §4 to §7. */
final class ResponseReader {
  /** Octets of one line of a header; a server that is asked for a text has no reason for more. */
  static final int MAX_LINE = 8_192;

  /** Fields of one answer, its trailer among them. */
  static final int MAX_FIELDS = 100;

  /** Interim answers (RFC 9110 §15.2) before the one that counts. */
  static final int MAX_INTERIM = 5;

  /** Octets of the line that tells a chunk's size; extensions of chunks mean nothing here. */
  private static final int MAX_CHUNK_LINE = 256;

  private static final int NO_CONTENT = 204;

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(;.*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final CrlfReader in;
  private final int maxBody;
  private final List<HttpField> fields = new ArrayList<>();

  ResponseReader(CrlfReader in, int maxBody) {
    this.in = in;
    this.maxBody = maxBody;
  }

  /** Reads the answer; of one that is not 2xx its header only. */
  HttpResponse read() throws IOException {
    HttpResponse head = readHead();
    return head.isSuccess() && head.status() != NO_CONTENT
        ? new HttpResponse(head.status(), fields, body(head))
        : head;
  }

  /** Reads the answer's header. */
  HttpResponse readHead() throws IOException {
    int status = status();
    readFields();
    for (int interim = 0; status / 100 == 1; interim++) {
      if (interim == MAX_INTERIM) {
        throw new HttpException("the server goes on with interim answers");
      }
      fields.clear();
      status = status();
      readFields();
    }
    return new HttpResponse(status, fields, new byte[0]);
  }

  private int status() throws IOException {
    Matcher line = STATUS_LINE.matcher(line(MAX_LINE));
    if (!line.matches()) {
      throw new HttpException("what answers does not speak HTTP/1.1");
    }
    return Integer.parseInt(line.group(1));
  }

  private void readFields() throws IOException {
    int count = 0;
    for (String line = line(MAX_LINE); !line.isEmpty(); line = line(MAX_LINE)) {
      if (++count > MAX_FIELDS) {
        throw new HttpException("the answer has more than " + MAX_FIELDS + " fields");
      }
      fields.add(HttpField.parse(line));
    }
  }

  private String line(int max) throws IOException {
    return switch (in.readLine(max)) {
      case Line.Text text -> text.latin1();
      case Line.TooLong _ -> throw new HttpException("a line of the answer is too long");
      case Line.BareEnd _ -> throw new HttpException("a line of the answer ends without CRLF");
      case Line.End _ -> throw new HttpException("the answer is cut off");
    };
  }

  /**
   * RFC 9112 §6.3. An answer whose end is the connection's is refused: nobody can tell it from one
   * that somebody on the way has cut.
   */
  private byte[] body(HttpResponse head) throws IOException {
    List<String> codings = head.all("Transfer-Encoding");
    List<String> lengths = head.all("Content-Length").stream().distinct().toList();
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty()
          || codings.size() > 1
          || !codings.getFirst().toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new HttpException("the answer does not say clearly where it ends");
      }
      return chunks();
    }
    if (lengths.size() != 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
      throw new HttpException("the answer does not say how long it is");
    }
    long length = Long.parseLong(lengths.getFirst());
    if (length > maxBody) {
      throw tooLarge();
    }
    return in.readExactly((int) length);
  }

  /** RFC 9112 §7.1. */
  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      if (size > maxBody - body.size()) {
        throw tooLarge();
      }
      body.write(in.readExactly(size));
      if (!line(MAX_CHUNK_LINE).isEmpty()) {
        throw new HttpException("a chunk of the answer does not end where it says");
      }
    }
    readFields();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    Matcher line = CHUNK.matcher(line(MAX_CHUNK_LINE));
    if (!line.matches()) {
      throw new HttpException("a chunk of the answer does not say its size");
    }
    return Integer.parseInt(line.group(1), 16);
  }

  private HttpException tooLarge() {
    return new HttpException("the answer is larger than " + maxBody + " octets");
  }
}
