package org.thurn.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.dkim.rotation.Stage;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.server.Settings;
import org.thurn.transfer.signing.DomainKey;
import org.thurn.whole.SmallInternet.Character;

/** What one server signs another verifies, with keys that the first put into the DNS itself. */
@Timeout(120)
class SignedPassageTest {
  private static final Mailbox ALICE = Mailbox.of("alice@a.example");
  private static final Mailbox BOB = Mailbox.of("bob@b.example");
  private static final String ZONE =
      """
      a.example. 60 IN MX 10 mx.a.example.
      a.example. 60 IN TXT "v=spf1 ip4:127.26.0.1 -all"
      _dmarc.a.example. 60 IN TXT "v=DMARC1; p=reject"
      mx.a.example. 60 IN A 127.26.0.1
      b.example. 60 IN MX 10 mx.b.example.
      mx.b.example. 60 IN A 127.26.0.2
      """;

  @TempDir static Path folder;
  private static SmallInternet internet;
  private static SmallInternet.Host a;
  private static SmallInternet.Host b;

  @BeforeAll
  static void open() throws Exception {
    internet = new SmallInternet(folder, ZONE);
    Character usual = new Character(Map.of(), List.of(), 1_000, Settings.Queue.USUAL);
    a = internet.host("mx.a.example", "127.26.0.1", usual);
    b = internet.host("mx.b.example", "127.26.0.2", usual);
    a.account(ALICE);
    b.account(BOB);
    a.inside().keepKeys();
  }

  @AfterAll
  static void close() throws Exception {
    internet.close();
  }

  private static String arrived(String mail, String message) throws Exception {
    int before = b.inbox(BOB).size();
    try (Talker talker = a.submit(ALICE)) {
      assertThat(talker.send(mail, List.of("<bob@b.example>"), message)).startsWith("250 ");
    }
    return b.mailAfter(before, BOB);
  }

  private static String unfolded(String message) {
    return message.substring(0, message.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]+", " ");
  }

  private static void assertPasses(String message) {
    String header = unfolded(message);
    List<String> passes =
        Pattern.compile("dkim=pass [^;]*")
            .matcher(header)
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(passes).as(header).hasSize(2);
    assertThat(passes).anyMatch(p -> p.contains("header.a=rsa-sha256"));
    assertThat(passes).anyMatch(p -> p.contains("header.a=ed25519-sha256"));
    assertThat(header).doesNotContain("dkim=fail").contains("dmarc=pass");
  }

  @Test
  void theKeysArePublishedAndActive() {
    List<DomainKey> keys = a.inside().keys().of(Domain.of("a.example"));
    assertThat(keys).hasSize(2).allMatch(DomainKey::signs).allMatch(DomainKey::told);
    assertThat(keys).extracting(DomainKey::stage).containsOnly(Stage.ACTIVE);
  }

  @Test
  void aSubmittedMessageArrivesWithTwoValidSignatures() throws Exception {
    String message = arrived("<alice@a.example>", "From: alice@a.example\r\n\r\nhello\r\n");
    assertPasses(message);
    String header = unfolded(message);
    assertThat(header.indexOf("DKIM-Signature:"))
        .isPositive()
        .isLessThan(header.indexOf("with ESMTPA"));
  }

  @Test
  void bodiesOfEveryKind() throws Exception {
    List<String> odd =
        List.of(
            "",
            "\r\n\r\n\r\n",
            ".leading dot\r\n..two\r\n.\tthree\r\n",
            "trailing space \t \r\n \r\n\r\n",
            "no line end",
            "Grüße aus Köln\r\n",
            "x".repeat(998) + "\r\n");
    for (String body : odd) {
      String header = "From: alice@a.example\r\nSubject: odd\r\n  folded\r\n\r\n";
      assertPasses(arrived("<alice@a.example> BODY=8BITMIME", header + body));
    }
  }

  @Test
  void aBodyOfMoreThanOneMegabyte() throws Exception {
    String body = ("0123456789 ä ".repeat(5) + "\r\n").repeat(40_000);
    assertThat(body.getBytes(UTF_8).length).isGreaterThan(2 << 20);
    assertPasses(
        arrived("<alice@a.example> BODY=8BITMIME", "From: alice@a.example\r\n\r\n" + body));
  }

  @Test
  void theJourneyTellsOfIt() throws Exception {
    int before = b.inbox(BOB).size();
    try (Talker talker = a.submit(ALICE)) {
      String reply =
          talker.send(
              "<alice@a.example>", List.of("<bob@b.example>"), "From: alice@a.example\r\n\r\nhi");
      assertPasses(b.mailAfter(before, BOB));
      List<String> journey = a.journey(reply.substring(reply.lastIndexOf(' ') + 1));
      assertThat(journey).anyMatch(event -> event.contains("DkimSigned[domain=a.example"));
    }
  }

  @Test
  void aNotificationIsSignedByTheDomainOfItsHost() throws Exception {
    int before = b.inbox(BOB).size();
    b.inside().keepKeys();
    try (Talker talker = b.submit(BOB)) {
      talker.send(
          "<bob@b.example>",
          List.of("<alice@a.example> NOTIFY=SUCCESS"),
          "From: bob@b.example\r\n\r\nhi");
    }
    // it comes from the server that delivered it
    String notification = b.mailAfter(before, BOB);
    assertThat(notification).contains("Action: delivered");
    assertPasses(notification);
  }
}
