package org.thurn.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.thurn.name.Mailbox;

/**
 * {@code SCRAM-SHA-256} and {@code SCRAM-SHA-256-PLUS}, the server's side: RFC 5802 §5, RFC 7677.
 * The password never crosses the wire, and the PLUS form ties the exchange to its TLS session (RFC
 * 9266), so that a man in the middle with a certificate of his own gains nothing.
 */
final class ScramServer implements SaslServer {
  static final String NAME = "SCRAM-SHA-256";
  static final String PLUS = "SCRAM-SHA-256-PLUS";
  static final String BINDING = "tls-exporter";

  /** Which of the client's messages comes next. */
  private enum State {
    FIRST,
    FINAL,
    DONE,
    OVER
  }

  private final boolean plus;
  private final Optional<byte[]> binding;
  private final String serverNonce;
  private final Function<String, Offer> keys;
  private State state = State.FIRST;
  private String user = "";
  private String gs2 = "";
  private String nonce = "";
  private String authMessage = "";
  private String identity = "";
  private @Nullable Offer offer;

  /** Keys to answer with; without an account they are false ones that no proof fits. */
  record Offer(Optional<Mailbox> account, ScramKeys keys) {}

  /**
   * @param binding the session's {@code tls-exporter} value, where -PLUS is offered
   * @param keys never fails: a name without keys gets false ones
   */
  ScramServer(
      boolean plus, Optional<byte[]> binding, String serverNonce, Function<String, Offer> keys) {
    this.plus = plus;
    this.binding = binding;
    this.serverNonce = serverNonce;
    this.keys = keys;
  }

  @Override
  public String mechanism() {
    return plus ? PLUS : NAME;
  }

  @Override
  public Step respond(byte[] response) {
    Optional<String> text = Utf8.decode(response);
    return switch (state) {
      case FIRST -> {
        if (response.length == 0) {
          yield new Step.Challenge(new byte[0]);
        }
        yield text.map(this::clientFirst).orElseGet(() -> fail("malformed response"));
      }
      case FINAL -> text.map(this::clientFinal).orElseGet(() -> fail("malformed response"));
      case DONE -> response.length == 0 ? succeed() : fail("the exchange was over");
      case OVER -> fail("the exchange was over");
    };
  }

  private Step fail(String reason) {
    state = State.OVER;
    return new Step.Failure(user, reason);
  }

  private Step succeed() {
    state = State.OVER;
    return new Step.Success(account().orElseThrow());
  }

  private Optional<Mailbox> account() {
    return offer == null ? Optional.empty() : offer.account();
  }

  /** {@code client-first-message = gs2-header client-first-message-bare}, RFC 5802 §7. */
  private Step clientFirst(String text) {
    int flagEnd = text.indexOf(',');
    int headerEnd = text.indexOf(',', flagEnd + 1);
    if (flagEnd < 0 || headerEnd < 0) {
      return fail("malformed gs2 header");
    }
    gs2 = text.substring(0, headerEnd + 1);
    Optional<String> wrong = wrongFlag(text.substring(0, flagEnd));
    if (wrong.isPresent()) {
      return fail(wrong.get());
    }
    String named = text.substring(flagEnd + 1, headerEnd);
    Optional<String> authzid =
        named.startsWith("a=") ? ScramMessage.saslname(named.substring(2)) : Optional.empty();
    if (!named.isEmpty() && authzid.isEmpty()) {
      return fail("malformed gs2 header");
    }
    identity = authzid.orElse("");
    return clientFirstBare(text.substring(headerEnd + 1));
  }

  /** {@code gs2-cbind-flag}, RFC 5802 §6: what the client says of channel binding must fit. */
  private Optional<String> wrongFlag(String flag) {
    if (flag.equals("n")) {
      return plus ? Optional.of("PLUS without channel binding") : Optional.empty();
    }
    if (flag.equals("y")) {
      // The client could bind and saw no -PLUS in our list: if we had offered it, somebody took it
      // out on the way.
      return plus || binding.isPresent()
          ? Optional.of("channel binding was stripped from our list: a downgrade")
          : Optional.empty();
    }
    if (!flag.startsWith("p=")) {
      return Optional.of("malformed gs2 header");
    }
    if (!plus) {
      return Optional.of("channel binding without PLUS");
    }
    return flag.equals("p=" + BINDING)
        ? Optional.empty()
        : Optional.of("unsupported channel binding type");
  }

  private Step clientFirstBare(String bare) {
    Optional<ScramMessage> message = ScramMessage.parse(bare);
    Optional<String> name = message.flatMap(m -> m.at(0, 'n')).flatMap(ScramMessage::saslname);
    Optional<String> clientNonce = message.flatMap(m -> m.at(1, 'r'));
    if (name.isEmpty() || !ScramMessage.isNonce(clientNonce.orElse(""))) {
      // A mandatory extension ("m=" in the first place) ends here too: we know none.
      return fail("malformed first message");
    }
    user = name.get();
    Offer found = keys.apply(user);
    offer = found;
    nonce = clientNonce.orElseThrow() + serverNonce;
    String salt = Base64.getEncoder().encodeToString(found.keys().salt());
    String serverFirst = "r=" + nonce + ",s=" + salt + ",i=" + found.keys().iterations();
    authMessage = bare + "," + serverFirst;
    state = State.FINAL;
    return new Step.Challenge(serverFirst.getBytes(UTF_8));
  }

  /** {@code client-final-message = channel-binding "," nonce ["," extensions] "," proof}. */
  private Step clientFinal(String text) {
    Optional<ScramMessage> message = ScramMessage.parse(text);
    Optional<byte[]> bound = message.flatMap(m -> m.at(0, 'c')).flatMap(ScramMessage::base64);
    Optional<String> echoed = message.flatMap(m -> m.at(1, 'r'));
    Optional<byte[]> proof = message.flatMap(m -> m.last('p')).flatMap(ScramMessage::base64);
    if (bound.isEmpty() || echoed.isEmpty() || proof.isEmpty() || offer == null) {
      return fail("malformed final message");
    }
    if (!MessageDigest.isEqual(bound.get(), expectedBinding())) {
      return fail("channel bindings do not match");
    }
    if (!echoed.get().equals(nonce)) {
      return fail("another nonce");
    }
    authMessage += "," + text.substring(0, text.lastIndexOf(",p="));
    return checkProof(proof.get(), offer);
  }

  private byte[] expectedBinding() {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(gs2.getBytes(UTF_8));
    if (plus) {
      expected.writeBytes(binding.orElseThrow());
    }
    return expected.toByteArray();
  }

  /** {@code StoredKey = H(ClientProof XOR ClientSignature)}, RFC 5802 §3. */
  private Step checkProof(byte[] proof, Offer of) {
    byte[] covered = authMessage.getBytes(UTF_8);
    byte[] signature = ScramHash.hmac(of.keys().storedKey(), covered);
    boolean fits =
        proof.length == ScramHash.OCTETS
            && MessageDigest.isEqual(
                ScramHash.h(ScramHash.xor(proof, signature)), of.keys().storedKey());
    if (!fits || of.account().isEmpty()) {
      return fail("unknown account or wrong password");
    }
    if (!PlainServer.isSelf(identity, user, of.account().get())) {
      return fail("may not act as " + identity);
    }
    state = State.DONE;
    byte[] server = ScramHash.hmac(of.keys().serverKey(), covered);
    return new Step.Challenge(("v=" + Base64.getEncoder().encodeToString(server)).getBytes(UTF_8));
  }
}
