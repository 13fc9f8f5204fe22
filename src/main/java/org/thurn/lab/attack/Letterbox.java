package org.thurn.lab.attack;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.thurn.journey.QueueId;
import org.thurn.name.ForwardPath;
import org.thurn.name.ReversePath;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Receiver;
import org.thurn.smtp.server.Session;

/** Takes everything, and keeps it until somebody asks. Safe for many threads. */
final class Letterbox implements Receiver {
  private final Queue<String> letters = new ConcurrentLinkedQueue<>();

  /** Takes out the letters with these words in them. */
  List<String> take(String words) {
    List<String> found = letters.stream().filter(letter -> letter.contains(words)).toList();
    letters.removeAll(found);
    return found;
  }

  @Override
  public Conversation open(Session session) {
    return new Slot();
  }

  private final class Slot implements Conversation {
    private final Verdict fine = Verdict.accept("2.0.0", "fine");

    @Override
    public Verdict connect() {
      return fine;
    }

    @Override
    public Verdict helo(String argument) {
      return fine;
    }

    @Override
    public Verdict mail(QueueId id, ReversePath sender, MailParameters parameters) {
      return Verdict.accept("2.1.0", "sender fine");
    }

    @Override
    public Verdict rcpt(ForwardPath recipient, RcptParameters parameters) {
      return Verdict.accept("2.1.5", "recipient fine");
    }

    @Override
    public Incoming data() {
      return new Letter();
    }

    @Override
    public void reset() {
      // nothing is kept between MAIL and the message
    }

    @Override
    public void close() {
      // nor of the connection
    }
  }

  private final class Letter implements Incoming {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    @Override
    public OutputStream body() {
      return octets;
    }

    @Override
    public List<Verdict> finish() {
      letters.add(octets.toString(StandardCharsets.UTF_8));
      return List.of(Verdict.accept("2.0.0", "taken"));
    }

    @Override
    public void abort() {
      octets.reset();
    }
  }
}
