package org.thurn.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.thurn.access.LineClient;
import org.thurn.campaign.Attempt.Addressee;
import org.thurn.campaign.Attempt.Fate;
import org.thurn.campaign.Attempt.Kind;

/** A client that sends, one session after another: as one of our accounts, or from outside. */
final class Sender implements Runnable {
  private static final List<String> NOTIFY =
      List.of("", "", "", "FAILURE", "NEVER", "SUCCESS", "SUCCESS,FAILURE");

  private final String name;
  private final Origin origin;
  private final Stage stage;
  private final Map<String, Attempt> attempts;
  private final Findings findings;
  private final Random random;
  private int count;

  /** Who sends, and how it comes to us. */
  enum Origin {
    ACCOUNT("alice@own.example"),
    TRUSTED("carol@own.example"),
    OUTSIDE("bob@sender.example"),
    OUTSIDE_TOO("bob@sender.example");

    final String address;

    Origin(String address) {
      this.address = address;
    }

    boolean mayRelay() {
      return this == ACCOUNT || this == TRUSTED;
    }
  }

  Sender(
      Origin origin, Stage stage, Map<String, Attempt> attempts, Findings findings, Random random) {
    this.name = origin.name().toLowerCase(Locale.ROOT);
    this.origin = origin;
    this.stage = stage;
    this.attempts = attempts;
    this.findings = findings;
    this.random = random;
  }

  @Override
  public void run() {
    try {
      Optional<Life> life = stage.await();
      while (life.isPresent()) {
        session(life.get());
        LockSupport.parkNanos(5_000_000 + random.nextInt(20_000_000)); // the pace of the load
        life = stage.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      findings.add("the sender " + name + " failed: " + e);
    }
  }

  private void session(Life life) {
    try (LineClient client = connect(life).patient(Campaign.PATIENCE)) {
      expect("220", hear(client));
      expect("250", say(client, "EHLO client.sender.example"));
      if (origin == Origin.ACCOUNT) {
        String secret = "\0" + origin.address + "\0" + Campaign.PASSWORD;
        String words = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
        expect("235", say(client, "AUTH PLAIN " + words));
      }
      // a login costs the server more than a hundred messages do
      int messages = origin == Origin.ACCOUNT ? 500 : 1 + random.nextInt(10);
      for (int left = messages; left > 0 && !stage.isOver(); left--) {
        post(client);
        LockSupport.parkNanos(random.nextInt(15_000_000)); // the pace of the load
      }
      expect("221", say(client, "QUIT"));
    } catch (IOException e) {
      // the server died: what is not known of the attempt stands in it
      LockSupport.parkNanos(5_000_000);
    }
  }

  private LineClient connect(Life life) throws IOException {
    return switch (origin) {
      case ACCOUNT -> new LineClient(life.submission());
      case TRUSTED -> LineClient.from(Campaign.TRUSTED, life.smtp());
      case OUTSIDE, OUTSIDE_TOO -> new LineClient(life.smtp());
    };
  }

  private void post(LineClient client) throws IOException {
    String id = name + "-" + count++;
    String sender = origin.address;
    Letter letter = Letter.write(id, sender, random);
    Attempt attempt = new Attempt(id, sender, addressees(id), letter.hash());
    attempts.put(id, attempt);
    String ret = random.nextBoolean() ? " RET=FULL" : " RET=HDRS";
    String from = "MAIL FROM:<" + sender + ">" + (random.nextInt(3) == 0 ? ret : "");
    if (!agreed(attempt, "250", say(client, from + " BODY=8BITMIME"))) {
      return;
    }
    for (Addressee to : attempt.to) {
      String notify = to.wishes().isEmpty() ? "" : " NOTIFY=" + to.wishes();
      if (!agreed(attempt, "250", say(client, "RCPT TO:<" + to.address() + ">" + notify))) {
        say(client, "RSET");
        return;
      }
    }
    if (agreed(attempt, "354", say(client, "DATA"))) {
      attempt.become(Fate.UNKNOWN);
      client.sendRaw(letter.text() + ".\r\n");
      if (agreed(attempt, "250", hear(client))) {
        attempt.become(Fate.ACKNOWLEDGED);
        stage.progress();
      }
    }
  }

  private boolean agreed(Attempt attempt, String code, String reply) {
    if (reply.startsWith(code)) {
      return true;
    }
    attempt.become(Fate.REFUSED);
    findings.add("refused: " + attempt.id + ": " + reply);
    return false;
  }

  private List<Addressee> addressees(String id) {
    List<Addressee> all = new ArrayList<>();
    for (String local : Campaign.ACCOUNTS) {
      if (random.nextInt(3) == 0) {
        all.add(new Addressee(local, Kind.LOCAL, notifyOn()));
      }
    }
    Kind[] kinds = Kind.values();
    for (int left = origin.mayRelay() ? random.nextInt(3) : 0; left > 0; left--) {
      Kind kind = kinds[1 + random.nextInt(kinds.length - 1)];
      String local = kind.name().toLowerCase(Locale.ROOT) + "-" + id + "-" + left;
      all.add(new Addressee(local + "@hop.example", kind, notifyOn()));
    }
    if (all.isEmpty()) {
      all.add(new Addressee(Campaign.ACCOUNTS.getFirst(), Kind.LOCAL, notifyOn()));
    }
    return all;
  }

  private String notifyOn() {
    return NOTIFY.get(random.nextInt(NOTIFY.size()));
  }

  private void expect(String code, String reply) throws IOException {
    if (!reply.startsWith(code)) {
      findings.add(name + " was told " + reply);
      throw new IOException("not " + code + " but " + reply);
    }
  }

  private static String say(LineClient client, String line) throws IOException {
    client.send(line);
    return hear(client);
  }

  /** The last line of a reply. */
  private static String hear(LineClient client) throws IOException {
    String line = client.line();
    while (line.startsWith("-", 3)) {
      line = client.line();
    }
    if (line.equals("<closed>")) {
      throw new EOFException("the server died");
    }
    return line;
  }
}
