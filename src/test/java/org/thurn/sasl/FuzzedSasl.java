package org.thurn.sasl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.time.Time;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.net.TlsSession;

/**
 * Both sides of every mechanism, their messages parted by LF. Nobody comes in without the password,
 * and no client believes a server that does not know it.
 */
public final class FuzzedSasl {
  private static final String PASSWORD = "open sesame";
  private static final Known KNOWN = Known.of("alice@mx.example", PASSWORD);
  private static final Optional<TlsSession> TLS = Optional.of(new FakeTls("one", true));
  private static final int MAX_MESSAGES = 8;

  /** A server may ask for a million iterations, which takes its time. */
  private static final Pattern COSTLY = Pattern.compile("i=0*[1-9][0-9]{4,}");

  private FuzzedSasl() {}

  public static FuzzTarget all() {
    return Choice.of(
        octets -> server("PLAIN", octets),
        octets -> server("LOGIN", octets),
        octets -> server("SCRAM-SHA-256", octets),
        octets -> server("SCRAM-SHA-256-PLUS", octets),
        octets -> client(octets),
        octets -> passwords(octets));
  }

  private static List<byte[]> messages(byte[] octets) {
    List<byte[]> messages = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= octets.length && messages.size() < MAX_MESSAGES; i++) {
      if (i == octets.length || octets[i] == '\n') {
        messages.add(Arrays.copyOfRange(octets, start, i));
        start = i + 1;
      }
    }
    return messages;
  }

  private static void server(String mechanism, byte[] octets) {
    SaslServer server =
        new SaslServers(
                KNOWN,
                new byte[] {1, 2, 3},
                new FailedLogins(KNOWN::canonical, false, Time.system()))
            .start(mechanism, TLS, true).orElseThrow();
    for (byte[] message : messages(octets)) {
      switch (server.respond(message)) {
        case SaslServer.Step.Challenge challenge ->
            Promise.holds(challenge.data().length < 2_000, () -> "a long challenge");
        case SaslServer.Step.Failure(String user, String reason) -> {
          Promise.holds(user != null && !reason.isEmpty(), () -> "a failure without words");
          return;
        }
        case SaslServer.Step.Success(var account) -> {
          String said = new String(octets, StandardCharsets.UTF_8);
          Promise.holds(said.contains(PASSWORD), () -> account + " came in without a password");
          return;
        }
      }
    }
  }

  private static void client(byte[] octets) {
    if (COSTLY.matcher(new String(octets, StandardCharsets.ISO_8859_1)).find()) {
      return;
    }
    SaslClient client = new ScramClient("alice", PASSWORD, "fyko+d2lbbFgONRv9qkxdawL");
    Promise.holds(client.initial().length > 0, () -> "no initial response");
    for (byte[] message : messages(octets)) {
      if (client.challenge(message) instanceof SaslClient.Step.Failure) {
        break;
      }
    }
    Promise.holds(!client.complete(), () -> "a server is believed that proved nothing");
  }

  private static void passwords(byte[] octets) {
    String password = new String(octets, StandardCharsets.UTF_8);
    Optional<String> enforced = OpaqueString.enforce(password);
    // RFC 8264 §7: applying the rules again changes nothing
    enforced.ifPresent(
        once -> Promise.same(enforced, OpaqueString.enforce(once), "enforced a second time"));
    ScramMessage.saslname(ScramMessage.escaped(password))
        .ifPresent(name -> Promise.same(password, name, "a name"));
  }
}
