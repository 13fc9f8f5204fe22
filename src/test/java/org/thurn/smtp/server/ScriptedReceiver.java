package org.thurn.smtp.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.thurn.journey.QueueId;
import org.thurn.name.ForwardPath;
import org.thurn.name.ReversePath;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Verdict;
import org.thurn.store.StoreException;

/** Decides by the words it is given: local parts and message text say what shall happen. */
final class ScriptedReceiver implements Receiver {
  final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  final BlockingQueue<String> aborted = new LinkedBlockingQueue<>();
  private Verdict greeting = Verdict.accept("2.0.0", "Ok");

  void greeting(Verdict verdict) {
    greeting = verdict;
  }

  @Override
  public Conversation open(Session session) {
    return new Scripted(session);
  }

  private final class Scripted implements Conversation {
    private final Session session;
    private String sender = "";
    private final List<String> recipients = new ArrayList<>();

    Scripted(Session session) {
      this.session = session;
    }

    @Override
    public Verdict connect() {
      return greeting;
    }

    @Override
    public Verdict helo(String argument) {
      return argument.equals("refused.example")
          ? Verdict.reject(550, "5.7.1", "Not you", "a test")
          : Verdict.accept("2.0.0", "Ok");
    }

    @Override
    public Verdict mail(QueueId id, ReversePath from, MailParameters parameters) {
      sender = from.toString();
      return sender.startsWith("refused@")
          ? Verdict.reject(550, "5.7.1", "Sender refused", "a test")
          : Verdict.accept("2.1.0", "Sender ok");
    }

    @Override
    public Verdict rcpt(ForwardPath recipient, RcptParameters parameters) {
      String text = recipient.toString();
      return switch (text.substring(0, Math.max(text.indexOf('@'), 0))) {
        case "unknown" -> Verdict.reject(550, "5.1.1", "No such user", "a test");
        case "later" -> Verdict.defer(450, "4.2.0", "Later", "a test");
        case "bug" -> throw new IllegalStateException("a bug");
        case "storefull" -> throw new StoreException(StoreException.Kind.FULL, "a test");
        case "storefails" -> throw new StoreException(StoreException.Kind.FAILED, "a test");
        default -> {
          recipients.add(text);
          yield Verdict.accept("2.1.5", "Recipient ok");
        }
      };
    }

    @Override
    public Incoming data() throws IOException {
      if (sender.startsWith("nodata@")) {
        throw new IOException("a test");
      }
      return new Message(session.protocol(), sender, List.copyOf(recipients));
    }

    @Override
    public void reset() {
      sender = "";
      recipients.clear();
    }

    @Override
    public void close() {
      reset();
    }
  }

  private final class Message implements Incoming {
    private final Protocol protocol;
    private final String sender;
    private final List<String> recipients;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Message(Protocol protocol, String sender, List<String> recipients) {
      this.protocol = protocol;
      this.sender = sender;
      this.recipients = recipients;
    }

    @Override
    public OutputStream body() {
      return new OutputStream() {
        @Override
        public void write(int octet) {
          body.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
          if (sender.startsWith("nospace@")) {
            throw new IOException("no space left on device");
          }
          body.write(octets, offset, length);
        }
      };
    }

    @Override
    public List<Verdict> finish() {
      String text = body.toString(StandardCharsets.ISO_8859_1);
      if (text.contains("BUG")) {
        throw new IllegalStateException("a bug in finish");
      }
      List<Verdict> verdicts = new ArrayList<>();
      for (String recipient : recipients) {
        verdicts.add(verdict(recipient, text));
      }
      if (verdicts.stream().anyMatch(Verdict::accepted)) {
        messages.add(
            sender
                + " > "
                + String.join(" ", recipients)
                + ": "
                + text.replace("\r", "\\r").replace("\n", "\\n"));
      }
      return protocol == Protocol.LMTP ? verdicts : List.of(verdicts.getFirst());
    }

    private Verdict verdict(String recipient, String text) {
      if (sender.startsWith("nospace@")) {
        return Verdict.defer(452, "4.3.1", "No space", "a test");
      }
      if (text.contains("REJECT") || recipient.startsWith("full@")) {
        return Verdict.reject(554, "5.2.2", "Mailbox full", "a test");
      }
      return Verdict.accept("2.0.0", "Message taken");
    }

    @Override
    public void abort() {
      aborted.add(sender);
    }
  }
}
