package org.thurn.lab.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.CrlfReader.Line;

/**
 * A web server with one text, the policy: whoever asks anything gets it (RFC 8461 §3.2).
 *
 * @param policy in the file's own form
 */
record PolicySite(String policy) implements ConnectionHandler {
  private static final int MAX_LINE = 1_000;

  @Override
  public void serve(Connection connection) throws IOException {
    Line line = connection.reader().readLine(MAX_LINE);
    while (line instanceof Line.Text text && text.octets().length > 0) {
      line = connection.reader().readLine(MAX_LINE);
    }
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(policy.length(), policy);
    connection.out().write(answer.getBytes(StandardCharsets.US_ASCII));
    connection.out().flush();
  }

  @Override
  public byte[] refusal(Limit limit) {
    return new byte[0];
  }
}
