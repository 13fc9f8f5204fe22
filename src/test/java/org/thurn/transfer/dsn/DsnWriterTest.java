package org.thurn.transfer.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.journey.QueueId;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimeTree;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Notifier.Happening;
import org.thurn.queue.Notifier.Kind;
import org.thurn.queue.Notifier.Notification;
import org.thurn.queue.Outcome;
import org.thurn.queue.Recipient;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.Notify;
import org.thurn.smtp.Ret;
import org.thurn.store.Body;
import org.thurn.store.BodyId;
import org.thurn.time.Time;
import org.thurn.tls.policy.Wish;

class DsnWriterTest {
  private static final Instant ARRIVED = Instant.parse("2026-03-01T08:00:00Z");
  private static final String MESSAGE =
      "From: alice@strict.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
          + "Message-ID: <1@strict.example>\r\n\r\nHello Bob!\r\n";

  /** Four hours after arrival. */
  private static final Time FOUR_HOURS_LATER =
      new Time() {
        @Override
        public Instant now() {
          return ARRIVED.plus(Duration.ofHours(4));
        }

        @Override
        public long ticks() {
          return 0;
        }

        @Override
        public void pause(Duration duration) {
          throw new UnsupportedOperationException("nobody waits here");
        }
      };

  private record Octets(String text) implements Body {
    @Override
    public BodyId id() {
      return new BodyId("0".repeat(32));
    }

    @Override
    public long size() {
      return text.length();
    }

    @Override
    public String sha256() {
      return "";
    }

    @Override
    public InputStream open(long offset, long length) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      return new ByteArrayInputStream(octets, (int) offset, (int) Math.min(length, octets.length));
    }
  }

  private final AtomicInteger tokens = new AtomicInteger();
  private final DsnWriter writer =
      new DsnWriter(
          DsnSettings.of(Domain.of("mx.strict.example")),
          mailbox -> new Destination.Local(mailbox, ""),
          () -> "token" + tokens.incrementAndGet(),
          UnaryOperator.identity(),
          FOUR_HOURS_LATER);

  private ReversePath sender = ReversePath.of(Mailbox.of("alice@strict.example"));
  private Optional<Ret> ret = Optional.empty();
  private Body body = new Octets(MESSAGE);

  private Optional<Notification> written(Happening... happenings) {
    Envelope envelope =
        new Envelope(
            new QueueId("0000000000001"),
            Optional.empty(),
            sender,
            Optional.empty(),
            Optional.of("<1@strict.example>"),
            ret,
            Optional.of("env 1"),
            BodyType.SEVEN_BIT,
            false,
            ARRIVED,
            false,
            false,
            Wish.USUAL);
    return writer.notification(envelope, body, List.of(happenings));
  }

  private static Happening happening(Kind kind, String address, Outcome outcome, Notify... asked) {
    Mailbox mailbox = Mailbox.of(address);
    return new Happening(
        new Recipient(
            0,
            mailbox,
            mailbox,
            new Destination.Remote(mailbox.host()),
            Set.of(asked),
            Optional.of("rfc822;list@strict.example")),
        kind,
        outcome,
        3);
  }

  private static Outcome failed(String status, String reason) {
    return new Outcome.Failed(EnhancedStatus.of(status), reason, Optional.of("mx.soft.example"));
  }

  private static Outcome deferred() {
    return new Outcome.Deferred(
        EnhancedStatus.of("4.2.0"), "450 4.2.0 greylisted", Optional.of("mx.soft.example"));
  }

  private static Outcome relayed(boolean dsn) {
    return new Outcome.Relayed("mx.soft.example", "192.0.2.1", "250 2.0.0 queued", dsn);
  }

  private static final Outcome STORED =
      new Outcome.Stored(Mailbox.of("bob@strict.example"), "INBOX", 1);

  /** The golden file holds LF; what is written, CRLF. */
  private static void assertGolden(String name, Optional<Notification> notification)
      throws IOException {
    assertThat(notification).isPresent();
    String actual = new String(notification.orElseThrow().message(), StandardCharsets.UTF_8);
    assertThat(actual.replace("\r\n", "")).doesNotContain("\n", "\r");
    Path written = Path.of("target", "dsn", name);
    Files.createDirectories(written.getParent());
    Files.writeString(written, actual.replace("\r\n", "\n"));
    try (InputStream in = DsnWriterTest.class.getResourceAsStream("/dsn/" + name)) {
      assertThat(in).as(name).isNotNull();
      String golden = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(actual.replace("\r\n", "\n")).isEqualTo(golden);
    }
  }

  @Test
  void failure() throws IOException {
    Optional<Notification> notification =
        written(
            happening(Kind.FAILED, "bob@soft.example", failed("5.1.1", "550 5.1.1 no such user")),
            happening(
                Kind.FAILED,
                "carol@soft.example",
                new Outcome.Failed(
                    EnhancedStatus.of("5.1.2"),
                    "there is no domain soft.example",
                    Optional.empty())));
    assertGolden("failure.eml", notification);
    assertThat(notification.orElseThrow().kind()).isEqualTo("failure");
    assertThat(notification.orElseThrow().to()).isEqualTo(Mailbox.of("alice@strict.example"));
    assertThat(notification.orElseThrow().smtpUtf8()).isFalse();
  }

  @Test
  void delay() throws IOException {
    assertGolden("delay.eml", written(happening(Kind.DELAYED, "bob@soft.example", deferred())));
  }

  @Test
  void expiry() throws IOException {
    assertGolden("expiry.eml", written(happening(Kind.EXPIRED, "bob@soft.example", deferred())));
  }

  @Test
  void success() throws IOException {
    assertGolden(
        "success.eml",
        written(happening(Kind.DELIVERED, "bob@strict.example", STORED, Notify.SUCCESS)));
  }

  @Test
  void passedOn() throws IOException {
    assertGolden(
        "relayed.eml",
        written(happening(Kind.RELAYED, "bob@soft.example", relayed(false), Notify.SUCCESS)));
  }

  @Test
  void utf8Addresses() throws IOException {
    sender = ReversePath.of(Mailbox.of("jürgen@strict.example"));
    Optional<Notification> notification =
        written(happening(Kind.FAILED, "rené@soft.example", failed("5.6.7", "550 5.6.7 no UTF-8")));
    assertGolden("utf8.eml", notification);
    assertThat(notification.orElseThrow().smtpUtf8()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // kind, NOTIFY, next hop has DSN, told
    "FAILED,,false,true",
    "FAILED,NEVER,false,false",
    "FAILED,FAILURE,false,true",
    "FAILED,SUCCESS,false,false",
    "FAILED,DELAY,false,false",
    "EXPIRED,,false,true",
    "EXPIRED,NEVER,false,false",
    "EXPIRED,FAILURE,false,true",
    "DELAYED,,false,true",
    "DELAYED,NEVER,false,false",
    "DELAYED,DELAY,false,true",
    "DELAYED,FAILURE,false,false",
    "DELIVERED,,false,false",
    "DELIVERED,SUCCESS,false,true",
    "DELIVERED,NEVER,false,false",
    "DELIVERED,FAILURE,false,false",
    "RELAYED,,false,false",
    "RELAYED,SUCCESS,false,true",
    "RELAYED,SUCCESS,true,false",
    "RELAYED,NEVER,false,false",
  })
  void whoIsToldWhat(Kind kind, String asked, boolean dsn, boolean told) {
    Outcome outcome =
        switch (kind) {
          case FAILED -> failed("5.1.1", "550 5.1.1 no");
          case EXPIRED, DELAYED -> deferred();
          case DELIVERED -> STORED;
          case RELAYED -> relayed(dsn);
        };
    Notify[] set = asked == null ? new Notify[0] : new Notify[] {Notify.valueOf(asked)};
    Happening happening = happening(kind, "bob@soft.example", outcome, set);
    assertThat(written(happening).isPresent()).isEqualTo(told);
    sender = ReversePath.Null.INSTANCE;
    assertThat(written(happening)).as("nobody is told of a notification").isEmpty();
  }

  private String message(Happening... happenings) {
    return new String(written(happenings).orElseThrow().message(), StandardCharsets.UTF_8);
  }

  @Test
  void theWholeMessageComesBackOnlyWhereItIsWantedAndSmall() {
    Happening failure = happening(Kind.FAILED, "bob@soft.example", failed("5.1.1", "550 no"));
    assertThat(message(failure)).contains("Hello Bob!", "message/rfc822");
    ret = Optional.of(Ret.HDRS);
    assertThat(message(failure)).contains("rfc822-headers").doesNotContain("Hello Bob!");
    ret = Optional.of(Ret.FULL);
    body = new Octets(MESSAGE + "x".repeat(50 << 10));
    assertThat(message(failure)).contains("rfc822-headers").doesNotContain("Hello Bob!");
    body = new Octets(MESSAGE);
    // RFC 3461 §4.3: RET concerns failures only
    assertThat(message(happening(Kind.DELAYED, "bob@soft.example", deferred())))
        .doesNotContain("Hello Bob!");
  }

  @Test
  void aStrangersWordsCannotAddAField() {
    String evil = "550 5.1.1 no\r\nBcc: victim@x.example\r\n\r\n--token1\r\nbody";
    String text = message(happening(Kind.FAILED, "bob@soft.example", failed("5.1.1", evil)));
    assertThat(text.lines()).noneMatch(line -> line.startsWith("Bcc:"));
    assertThat(text).contains("Diagnostic-Code: smtp; 550 5.1.1 no");
  }

  @Test
  void ourOwnWordsAreNotPutIntoTheServersMouth() {
    Outcome outcome = failed("5.3.4", "the message has 9 octets, the next server takes 8");
    String text = message(happening(Kind.FAILED, "bob@soft.example", outcome));
    assertThat(text)
        .contains("The reason, at the server mx.soft.example:", "Remote-MTA: dns; mx.soft.example")
        .doesNotContain("said:", "Diagnostic-Code");
  }

  @Test
  void isWellFormedAndMarksItselfAutomatic() {
    Notification notification =
        written(happening(Kind.FAILED, "bob@soft.example", failed("5.1.1", "550 no")))
            .orElseThrow();
    MimeTree tree = MimeParser.parse(notification.message(), MessageLimits.DEFAULT);
    assertThat(tree.defects()).isEmpty();
    assertThat(new String(notification.message(), StandardCharsets.US_ASCII))
        .contains("Auto-Submitted: auto-replied\r\n", "report-type=delivery-status");
  }
}
