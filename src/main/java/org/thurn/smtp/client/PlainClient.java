package org.thurn.smtp.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** PLAIN, RFC 4616: {@code [authzid] NUL authcid NUL passwd}. Only for use under TLS. */
public record PlainClient(String user, String password) implements SaslClient {
  @Override
  public String mechanism() {
    return "PLAIN";
  }

  @Override
  public Optional<byte[]> initialResponse() {
    return Optional.of(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<byte[]> respond(byte[] challenge) {
    return initialResponse();
  }

  @Override
  public String toString() {
    return "PLAIN " + user;
  }
}
