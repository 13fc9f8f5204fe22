package org.thurn.transfer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.DomainPattern;
import org.thurn.name.NameSyntaxException;
import org.thurn.net.IpNetwork;
import org.thurn.sasl.FakeTls;
import org.thurn.smtp.server.Protocol;

/** Mail from bank.example, from below secret.example and from bücher.example needs TLS. */
class TlsDemandTest {
  private static final FakeTls TLS = new FakeTls("a", true);

  @TempDir private Path state;
  private IntakeFixture house;

  @BeforeEach
  void open() throws NameSyntaxException {
    house = new IntakeFixture(state);
    demand(false);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void demand(boolean limitLoopback, String... trusted) throws NameSyntaxException {
    List<DomainPattern> domains = new ArrayList<>();
    for (String text : List.of("bank.example", "*.secret.example", "bücher.example")) {
      domains.add(DomainPattern.parse(text));
    }
    List<IpNetwork> networks = new ArrayList<>();
    for (String text : trusted) {
      networks.add(IpNetwork.parse(text));
    }
    IntakeSettings usual = house.settings;
    house.settings =
        new IntakeSettings(
            usual.hostname(),
            usual.maxOctets(),
            usual.maxTargets(),
            networks,
            usual.lmtpNetworks(),
            usual.checkSenderDomain(),
            usual.reserveOctets(),
            usual.messagesPerHour(),
            usual.recipientsPerHour(),
            usual.unknownPerHour(),
            limitLoopback,
            domains,
            usual.hideSubmitter());
  }

  private String mail(TalkedSession session, String sender) {
    return house.talk(session).mail(sender).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "<anna@bank.example>,           bank.example",
    "<Anna@BANK.Example>,           bank.example",
    "<@relay.example:a@bank.example>, bank.example",
    "<a@mail.secret.example>,       mail.secret.example",
    "<a@x.mail.Secret.example>,     x.mail.secret.example",
    "<a@bücher.example>,            xn--bcher-kva.example",
    "<a@BÜCHER.example>,            xn--bcher-kva.example",
    "<ä@XN--BCHER-KVA.example>,     xn--bcher-kva.example",
  })
  void itsMailIsRefusedWithoutTlsAndTakenWithIt(String sender, String domain) {
    assertThat(mail(house.smtp(), sender))
        .isEqualTo(
            "550 5.7.10 Encryption needed: mail from " + domain + " is taken here over TLS only");
    assertThat(mail(house.smtp().over(TLS), sender)).startsWith("250 ");
  }

  @ParameterizedTest
  @CsvSource({
    "<a@away.example>",
    "<a@mail.bank.example>",
    "<a@notbank.example>",
    "<a@bank.example.away.example>",
    "<a@secret.example>",
    "<bank.example@away.example>",
    "<a@[192.0.2.1]>",
  })
  void othersMayComeAsTheyLike(String sender) {
    assertThat(mail(house.smtp(), sender)).startsWith("250 ");
  }

  /** A notification is the mail of the host that brings it. */
  @ParameterizedTest
  @CsvSource({
    "bank.example,      550 5.7.10",
    "BANK.example,      550 5.7.10",
    "mx.secret.example, 550 5.7.10",
    "mx.away.example,   250 ",
    "[198.51.100.7],    250 ",
    "no host at all,    250 ",
  })
  void withoutASenderTheHostsNameCounts(String helo, String reply) {
    TalkedSession session = TalkedSession.smtp(IntakeFixture.CLIENT, helo, house.journey);
    assertThat(mail(session, "<>")).startsWith(reply);
    assertThat(mail(session.over(TLS), "<>")).startsWith("250 ");
    assertThat(mail(session, "<a@away.example>")).startsWith("250 ");
  }

  /** Whoever was refused has no transaction, so that not even postmaster is asked for. */
  @Test
  void nothingFollowsARefusal() {
    IntakeFixture.Talk talk = house.talk(house.smtp());
    assertThat(talk.mail("<a@bank.example>").code()).isEqualTo(550);
    assertThat(talk.send("<a@away.example>", "<alice@ours.example>", "Subject: x\n\nx\n").code())
        .isEqualTo(250);
    assertThat(house.queue.last().envelope().sender()).hasToString("a@away.example");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,    false, 198.51.100.0/24, 250 ",
    "127.0.0.9,    false, 198.51.100.0/24, 250 ",
    "::1,          false, 198.51.100.0/24, 250 ",
    "127.0.0.1,    true,  198.51.100.0/24, 550 5.7.10",
    "::1,          true,  198.51.100.0/24, 550 5.7.10",
    "127.0.0.1,    true,  127.0.0.0/8,     250 ",
    "198.51.100.7, true,  198.51.100.0/24, 250 ",
    "198.51.101.7, false, 198.51.100.0/24, 550 5.7.10",
  })
  void ofTheHouseAndOfThisMachineNothingIsDemanded(
      String client, boolean limitLoopback, String trusted, String reply)
      throws NameSyntaxException {
    demand(limitLoopback, trusted);
    TalkedSession session = TalkedSession.smtp(client, "mx.away.example", house.journey);
    assertThat(mail(session, "<a@bank.example>")).startsWith(reply);
  }

  @Test
  void norOfLmtpAndOfAccounts() throws NameSyntaxException {
    demand(true);
    assertThat(mail(house.smtp().speaking(Protocol.LMTP).unix(), "<a@bank.example>"))
        .startsWith("250 ");
    assertThat(mail(house.submission("alice@ours.example"), "<alice@ours.example>"))
        .startsWith("250 ");
  }
}
