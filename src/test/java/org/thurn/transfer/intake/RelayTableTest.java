package org.thurn.transfer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.queue.Destination;
import org.thurn.queue.Recipient;
import org.thurn.smtp.server.Protocol;

/** Who may send through us to where: each row is an attempt that was made on real servers. */
class RelayTableTest {
  @TempDir private static Path state;
  private static IntakeFixture house;

  @BeforeAll
  static void open() {
    house = new IntakeFixture(state);
    house.dns.mx("spoofed.example", "mx.spoofed.example");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // ours
        "<x@away.example>,  <alice@ours.example>,                       250",
        "<x@away.example>,  <Alice@OURS.EXAMPLE>,                       250",
        "<x@away.example>,  <postmaster@ours.example>,                  250",
        "<x@away.example>,  <Postmaster>,                               250",
        "<x@away.example>,  <postmaster@[192.0.2.25]>,                  250",
        "<>,                <alice@ours.example>,                       250",
        "<bob@ours.example>,<alice@ours.example>,                       250",
        // plainly not ours
        "<x@away.example>,  <victim@other.example>,                     550 5.7.1",
        "<>,                <victim@other.example>,                     550 5.7.1",
        "<alice@ours.example>, <victim@other.example>,                  550 5.7.1",
        "<postmaster@ours.example>, <victim@other.example>,             550 5.7.1",
        "<spam@[192.0.2.25]>, <victim@other.example>,                   550 5.7.1",
        "<spam@localhost>,  <victim@other.example>,                     550 5.7.1",
        "<x@away.example>,  <postmaster@other.example>,                 550 5.7.1",
        "<x@away.example>,  <victim@sub.ours.example>,                  550 5.7.1",
        "<x@away.example>,  <victim@ours.example.other.example>,        550 5.7.1",
        "<x@away.example>,  <victim@example>,                           550 5.7.1",
        // percent hack, bang paths, quoted forms: names that nobody has here
        "<x@away.example>,  <victim%other.example@ours.example>,        550 5.1.1",
        "<x@away.example>,  <victim%other.example@[192.0.2.25]>,        550 5.1.1",
        "<x@away.example>,  <victim%other.example@mx.ours.example>,     550 5.7.1",
        "<x@away.example>,  <other.example!victim@ours.example>,        550 5.1.1",
        "<x@away.example>,  <other.example!victim@[192.0.2.25]>,        550 5.1.1",
        "<x@away.example>,  <ours.example!victim@other.example>,        550 5.7.1",
        "<x@away.example>,  <\"victim@other.example\"@ours.example>,    550 5.1.1",
        "<x@away.example>,  <\"victim@other.example\"@[192.0.2.25]>,    550 5.1.1",
        "<x@away.example>,  <\"victim%other.example\"@ours.example>,    550 5.1.1",
        "<x@away.example>,  <\"alice@ours.example\"@other.example>,     550 5.7.1",
        "<x@away.example>,  <alice%ours.example@other.example>,         550 5.7.1",
        // source routes are dropped, not followed (RFC 5321 Appendix C)
        "<x@away.example>,  <@ours.example:victim@other.example>,       550 5.7.1",
        "<x@away.example>,  `<@ours.example,@x.example:victim@other.example>`, 550 5.7.1",
        "<x@away.example>,  <@other.example:alice@ours.example>,        250",
        "<x@away.example>,  <@[192.0.2.25]:victim@other.example>,       501",
        // literals
        "<x@away.example>,  <victim@[203.0.113.9]>,                     550 5.7.1",
        "<x@away.example>,  <alice@[203.0.113.9]>,                      550 5.7.1",
        "<x@away.example>,  <postmaster@[203.0.113.9]>,                 550 5.7.1",
        "<x@away.example>,  <victim@[127.0.0.1]>,                       550 5.7.1",
        "<x@away.example>,  <victim@[192.0.2.25]>,                      550 5.1.1",
        "<x@away.example>,  <victim@localhost>,                         550 5.7.1",
        // no path at all
        "<x@away.example>,  victim@other.example,                       501",
        "<x@away.example>,  <victim>,                                   501",
        "<x@away.example>,  <@other.example>,                           501",
        "<x@away.example>,  <victim@other.example@ours.example>,        501",
        "<x@away.example>,  <victim@>,                                  501",
        "<x@away.example>,  <>,                                         501",
      })
  void aStrangerReachesOnlyUs(String sender, String recipient, String expected) {
    house.dns.mx("localhost", "localhost");
    IntakeFixture.Talk talk = house.talk(house.smtp());
    assertThat(talk.mail(sender).code()).isEqualTo(250);
    assertThat(talk.rcpt(recipient).toString()).startsWith(expected);
  }

  @Test
  void aStrangerReachesNobodyElseByLmtpEither() {
    IntakeFixture.Talk talk = house.talk(house.smtp().speaking(Protocol.LMTP).unix());
    assertThat(talk.connect().code()).isEqualTo(250);
    talk.mail("<x@away.example>");
    assertThat(talk.rcpt("<victim@other.example>").toString()).startsWith("550 5.7.1");
    assertThat(talk.rcpt("<alice@ours.example>").code()).isEqualTo(250);
  }

  @Test
  void aCatchAllTakesOddNamesInAndSendsNoneOn() {
    Domain ours = Domain.of("ours.example");
    var alice = org.thurn.name.Mailbox.of("alice@ours.example");
    house.directory.changes().setCatchAll(ours, List.of(alice), "test");
    try {
      IntakeFixture.Talk talk = house.talk(house.smtp());
      talk.mail("<x@away.example>");
      assertThat(talk.rcpt("<victim%other.example@ours.example>").code()).isEqualTo(250);
      assertThat(talk.rcpt("<\"victim@other.example\"@ours.example>").code()).isEqualTo(250);
      talk.data("Subject: x\n\nx\n");
      assertThat(house.queue.last().recipients())
          .extracting(Recipient::destination)
          .containsExactly(new Destination.Local(alice, ""));
    } finally {
      house.directory.changes().setCatchAll(ours, List.of(), "test");
    }
  }

  @Test
  void trustedNetworksMayRelay() throws NameSyntaxException {
    IntakeSettings before = house.settings;
    house.trust("198.51.100.0/24");
    IntakeFixture.Talk inside = house.talk(house.smtp());
    IntakeFixture.Talk outside =
        house.talk(TalkedSession.smtp("198.51.101.7", "x.example", house.journey));
    house.settings = before;
    inside.mail("<x@nowhere.example>");
    assertThat(inside.rcpt("<friend@other.example>").code()).isEqualTo(250);
    assertThat(inside.rcpt("<friend@[203.0.113.9]>").code()).isEqualTo(250);
    outside.mail("<x@away.example>");
    assertThat(outside.rcpt("<friend@other.example>").toString()).startsWith("550 5.7.1");
  }

  @Test
  void submittersMayRelayOnceTheyAreKnown() {
    IntakeFixture.Talk known = house.talk(house.submission("alice@ours.example"));
    known.mail("<alice@ours.example>");
    assertThat(known.rcpt("<friend@other.example>").code()).isEqualTo(250);
    IntakeFixture.Talk unknown = house.talk(house.smtp().speaking(Protocol.SUBMISSION));
    assertThat(unknown.mail("<alice@ours.example>").toString()).startsWith("530 5.7.0");
  }
}
