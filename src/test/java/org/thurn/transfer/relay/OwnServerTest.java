package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Domain;
import org.thurn.name.ForwardPath;
import org.thurn.name.IpAddress;
import org.thurn.name.ReversePath;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.queue.Outcome.Relayed;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.Receiver;
import org.thurn.smtp.server.Session;
import org.thurn.smtp.server.SmtpServer;
import org.thurn.smtp.server.SmtpServerSettings;
import org.thurn.time.Time;

/** The relay and our own server: both sides of the dialogue are the real ones. */
@Timeout(30)
class OwnServerTest {
  private static final String ADDRESS = "127.9.0.6";

  private final RelayBench bench = new RelayBench();
  private final Collector collector = new Collector();
  private Optional<Listener> listener = Optional.empty();

  /** Takes everything and remembers it. */
  private static final class Collector implements Receiver {
    private final List<MailParameters> mails = new CopyOnWriteArrayList<>();
    private final List<ForwardPath> recipients = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public Conversation open(Session session) {
      return new Taking(this);
    }
  }

  private record Taking(Collector to) implements Receiver.Conversation {
    private static final Verdict FINE = Verdict.accept("2.0.0", "fine");

    @Override
    public Verdict connect() {
      return FINE;
    }

    @Override
    public Verdict helo(String argument) {
      return FINE;
    }

    @Override
    public Verdict mail(QueueId id, ReversePath sender, MailParameters parameters) {
      to.mails.add(parameters);
      return FINE;
    }

    @Override
    public Verdict rcpt(ForwardPath recipient, RcptParameters parameters) {
      to.recipients.add(recipient);
      return FINE;
    }

    @Override
    public Receiver.Incoming data() {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      return new Receiver.Incoming() {
        @Override
        public OutputStream body() {
          return octets;
        }

        @Override
        public List<Verdict> finish() {
          to.messages.add(octets.toString(StandardCharsets.ISO_8859_1));
          return List.of(FINE);
        }

        @Override
        public void abort() {
          to.messages.add("aborted");
        }
      };
    }

    @Override
    public void reset() {
      // nothing is kept between transactions
    }

    @Override
    public void close() {
      // nor after the last
    }
  }

  @BeforeEach
  void serve() throws IOException {
    SmtpServer server =
        new SmtpServer(
            SmtpServerSettings.of(Domain.of("mx.soft.example"), Protocol.SMTP),
            collector,
            Optional.empty(),
            Optional.empty(),
            Journey.to(_ -> {}, Time.system(), new Ids(Time.system())),
            Time.system());
    Listener open =
        Listener.open(
            ListenerSettings.tcp("smtp", new InetSocketAddress(IpAddress.of(ADDRESS), 0)),
            server,
            Time.system());
    listener = Optional.of(open);
    bench.port(((InetSocketAddress) open.local()).getPort());
    bench.dns.mx("soft.example", 10, "mx.soft.example").address("mx.soft.example", ADDRESS);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    listener.ifPresent(Listener::close);
  }

  @Test
  void dotsAndEightBitsArriveAsTheyWere() throws Exception {
    String message = "Subject: x\r\n\r\n.\r\n..\r\ngr\u00c3\u00bcn\r\n.end\r\n";
    assertThat(bench.attempt(message, "bob@soft.example", "carol@soft.example"))
        .hasSize(2)
        .allSatisfy(o -> assertThat(((Relayed) o).dsnCapable()).isTrue());
    assertThat(collector.messages).containsExactly(message);
    assertThat(collector.recipients).hasSize(2);
    assertThat(collector.mails.getFirst().body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
  }

  @Test
  void binaryArrivesOctetForOctet() throws Exception {
    bench.declared = BodyType.BINARY_MIME;
    String message = "Content-Transfer-Encoding: binary\r\n\r\n" + "\0\n.\n\r.\r\n".repeat(60_000);
    assertThat(bench.attempt(message, "bob@soft.example")).hasOnlyElementsOfType(Relayed.class);
    assertThat(collector.messages).containsExactly(message);
    assertThat(collector.mails.getFirst().body()).isEqualTo(BodyType.BINARY_MIME);
  }

  @Test
  void smuggledCommandsArriveAsText() throws Exception {
    String hidden = "MAIL FROM:<mallory@evil.example>";
    for (String end : List.of("\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r\r\n.\r\r\n")) {
      bench.attempt("Subject: x\r\n\r\nhello" + end + hidden + "\r\n", "bob@soft.example");
      assertThat(collector.messages).last().asString().contains(hidden);
    }
    assertThat(collector.messages).hasSize(6);
    assertThat(collector.mails).hasSize(6);
  }

  @Test
  void utf8AddressesAndManyRecipientsGoThrough() throws Exception {
    String[] many = new String[250];
    for (int i = 0; i < many.length; i++) {
      many[i] = "user" + i + "@soft.example";
    }
    many[7] = "j\u00fcrgen@soft.example";
    assertThat(bench.attempt("Subject: x\r\n\r\nhello\r\n", many))
        .hasSize(250)
        .hasOnlyElementsOfType(Relayed.class);
    assertThat(collector.recipients).hasSize(250);
    assertThat(collector.mails).anyMatch(MailParameters::smtpUtf8).hasSize(4);
  }
}
