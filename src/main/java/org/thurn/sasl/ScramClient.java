package org.thurn.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** {@code SCRAM-SHA-256}, the client's side without channel binding: RFC 5802 §5, RFC 7677. */
final class ScramClient implements SaslClient {
  private static final String GS2 = "n,,";

  /** RFC 7677 §4. */
  private static final int MIN_ITERATIONS = 4096;

  /** A server must not be able to keep us busy. */
  private static final int MAX_ITERATIONS = 1_000_000;

  private enum State {
    FIRST,
    FINAL,
    VERIFIED,
    OVER
  }

  private final String password;
  private final String nonce;
  private final String bare;
  private State state = State.FIRST;
  private byte[] expected = new byte[0];

  ScramClient(String user, String password, String nonce) {
    this.password = password;
    this.nonce = nonce;
    this.bare = "n=" + ScramMessage.escaped(user) + ",r=" + nonce;
  }

  @Override
  public String mechanism() {
    return ScramServer.NAME;
  }

  @Override
  public byte[] initial() {
    return (GS2 + bare).getBytes(UTF_8);
  }

  @Override
  public boolean complete() {
    return state == State.VERIFIED;
  }

  @Override
  public Step challenge(byte[] data) {
    Optional<String> text = Utf8.decode(data);
    if (text.isEmpty()) {
      return fail("malformed challenge");
    }
    return switch (state) {
      case FIRST -> serverFirst(text.get());
      case FINAL -> serverFinal(text.get());
      case VERIFIED, OVER -> fail("the exchange was over");
    };
  }

  private Step fail(String reason) {
    state = State.OVER;
    return new Step.Failure(reason);
  }

  /** {@code server-first-message = nonce "," salt "," iteration-count ["," extensions]}. */
  private Step serverFirst(String text) {
    Optional<ScramMessage> message = ScramMessage.parse(text);
    String both = message.flatMap(m -> m.at(0, 'r')).orElse("");
    Optional<byte[]> salt = message.flatMap(m -> m.at(1, 's')).flatMap(ScramMessage::base64);
    int iterations = message.flatMap(m -> m.at(2, 'i')).map(ScramClient::count).orElse(0);
    boolean fresh = ScramMessage.isNonce(both) && both.startsWith(nonce);
    if (!fresh || both.length() == nonce.length() || salt.isEmpty() || salt.get().length == 0) {
      return fail("malformed challenge");
    }
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      return fail("an iteration count of " + iterations);
    }
    byte[] salted = ScramHash.hi(password, salt.get(), iterations);
    byte[] clientKey = ScramHash.hmac(salted, "Client Key".getBytes(US_ASCII));
    byte[] serverKey = ScramHash.hmac(salted, "Server Key".getBytes(US_ASCII));
    String bound = Base64.getEncoder().encodeToString(GS2.getBytes(US_ASCII));
    String without = "c=" + bound + ",r=" + both;
    byte[] covered = (bare + "," + text + "," + without).getBytes(UTF_8);
    byte[] signature = ScramHash.hmac(ScramHash.h(clientKey), covered);
    expected = ScramHash.hmac(serverKey, covered);
    state = State.FINAL;
    byte[] proof = ScramHash.xor(clientKey, signature);
    String last = without + ",p=" + Base64.getEncoder().encodeToString(proof);
    return new Step.Response(last.getBytes(UTF_8));
  }

  private static int count(String digits) {
    return digits.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(digits) : 0;
  }

  /** {@code server-final-message = (server-error / verifier) ["," extensions]}. */
  private Step serverFinal(String text) {
    Optional<ScramMessage> message = ScramMessage.parse(text);
    Optional<byte[]> verifier = message.flatMap(m -> m.at(0, 'v')).flatMap(ScramMessage::base64);
    if (verifier.isEmpty() || !MessageDigest.isEqual(verifier.get(), expected)) {
      return fail("the server did not prove that it knows the account");
    }
    state = State.VERIFIED;
    return new Step.Response(new byte[0]);
  }
}
