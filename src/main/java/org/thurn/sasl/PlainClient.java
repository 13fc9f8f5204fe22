package org.thurn.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

/** {@code PLAIN}, RFC 4616; for use over TLS only. */
final class PlainClient implements SaslClient {
  private final String user;
  private final String password;

  PlainClient(String user, String password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public String mechanism() {
    return PlainServer.NAME;
  }

  @Override
  public byte[] initial() {
    return ("\0" + user + "\0" + password).getBytes(UTF_8);
  }

  @Override
  public Step challenge(byte[] data) {
    return new Step.Failure("PLAIN has no challenge");
  }

  @Override
  public boolean complete() {
    return true;
  }
}
