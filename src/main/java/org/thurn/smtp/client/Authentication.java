package org.thurn.smtp.client;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.sasl.SaslClient;
import org.thurn.sasl.SaslClient.Step;
import org.thurn.smtp.Reply;

/** The AUTH exchange, RFC 4954 §4. No response ever stands in the journey. */
final class Authentication {
  /** RFC 5321 §4.5.3.1.4: a command has 512 octets, its CRLF included. */
  private static final int MAX_COMMAND = 510;

  private static final int MAX_ROUNDS = 10;

  private final Dialogue dialogue;
  private final Timeouts timeouts;

  Authentication(Dialogue dialogue, Timeouts timeouts) {
    this.dialogue = dialogue;
    this.timeouts = timeouts;
  }

  Reply run(SaslClient client, String user) throws IOException {
    Reply reply = begin(client);
    for (int round = 0; reply.code() == 334 && round < MAX_ROUNDS; round++) {
      Optional<String> response = response(client, reply);
      // RFC 4954 §4: "*" cancels; the server's 501 is then the outcome
      dialogue.send(response.orElse("*"), response.isPresent() ? "***" : "*", dialogue.journey());
      reply = dialogue.flushAndRead(timeouts.mail());
    }
    boolean good = reply.code() / 100 == 2;
    if (good && !client.complete()) {
      throw new ReplySyntaxException("235 from a server that did not prove to know the password");
    }
    dialogue
        .journey()
        .note(
            good
                ? new Event.AuthenticationSucceeded(client.mechanism(), user)
                : new Event.AuthenticationFailed(client.mechanism(), user, reply.toString()));
    return reply;
  }

  private Reply begin(SaslClient client) throws IOException {
    String bare = "AUTH " + client.mechanism();
    byte[] initial = client.initial();
    // an empty initial response is "=", RFC 4954 §4
    String text = initial.length == 0 ? "=" : encode(initial);
    if (bare.length() + 1 + text.length() <= MAX_COMMAND) {
      dialogue.send(bare + " " + text, bare + " ***", dialogue.journey());
      return dialogue.flushAndRead(timeouts.mail());
    }
    Reply reply = dialogue.command(bare, timeouts.mail());
    if (reply.code() != 334) {
      return reply;
    }
    dialogue.send(text, "***", dialogue.journey());
    return dialogue.flushAndRead(timeouts.mail());
  }

  private static Optional<String> response(SaslClient client, Reply challenge) {
    byte[] data;
    try {
      data = Base64.getDecoder().decode(challenge.lines().getFirst());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no base64: what it asks cannot be answered
    }
    return switch (client.challenge(data)) {
      case Step.Response(byte[] response) -> Optional.of(encode(response));
      case Step.Failure _ -> Optional.empty();
    };
  }

  private static String encode(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
