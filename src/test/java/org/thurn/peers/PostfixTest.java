package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.admin.ControlClient;
import org.thurn.testing.Programs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Postfix sends to us and receives from us over STARTTLS, and both tell each other's bad news. */
@ExtendWith(LabFixture.class)
class PostfixTest {
  private static final String ALICE = "alice@strict.example";
  private static final String USER = "user@postfix.example";

  @TempDir private static Path folder;
  private static PostfixHost postfix;
  private final RunningLab lab;

  PostfixTest(RunningLab lab) {
    this.lab = lab;
  }

  @BeforeAll
  static void start(RunningLab lab) throws Exception {
    PostfixHost.require();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String resolver = "127.53." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
    postfix = PostfixHost.start(lab, folder, resolver);
  }

  @AfterAll
  static void stop() throws Exception {
    if (postfix != null) {
      postfix.close();
    }
  }

  /** Alice submits with swaks. */
  private void submit(String to, String subject) throws Exception {
    List<String> command =
        List.of(
            Programs.require("swaks").toString(),
            "--server",
            lab.at("strict.example", "submission"),
            "--tls",
            "--auth",
            "PLAIN",
            "--auth-user",
            ALICE,
            "--auth-password",
            lab.password(ALICE),
            "--from",
            ALICE,
            "--to",
            to,
            "--header",
            "Subject: " + subject,
            "--body",
            "..two dots");
    Programs.Ran ran = Programs.run(Duration.ofSeconds(60), "", command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
  }

  private static String message(String to, String subject) {
    return """
    From: User <user@postfix.example>
    To: <%s>
    Subject: %s

    .one dot
    """
        .formatted(to, subject);
  }

  @Test
  void postfixReceivesFromUsOverTls() throws Exception {
    submit(USER, "to Postfix");

    assertThat(postfix.awaitMail("Subject: to Postfix"))
        .contains("Return-Path: <alice@strict.example>\n")
        .contains("Received: from mx.strict.example (mx.strict.example [127.25.0.1])\n")
        .containsPattern("\\(using TLSv1\\.3 with cipher ")
        .containsPattern("by mx\\.postfix\\.example \\(Postfix\\) with ESMTPS id ")
        .contains("\n\n..two dots\n");
  }

  @Test
  void postfixsRefusalComesBackInItsOwnWords() throws Exception {
    submit("nosuch@postfix.example", "to nobody there");

    String words =
        "550 5.1.1 <nosuch@postfix.example>: Recipient address rejected:"
            + " User unknown in virtual mailbox table";
    String report = lab.read(ALICE, "Your message could not be delivered");
    assertThat(report)
        .startsWith("Return-Path: <>\r\n")
        .contains("\r\n    " + words + "\r\n")
        .contains("Final-Recipient: rfc822; nosuch@postfix.example\r\n")
        .contains("Action: failed\r\nStatus: 5.1.1\r\n")
        .contains("Remote-MTA: dns; mx.postfix.example\r\n")
        .containsPattern("Diagnostic-Code: smtp; 550 5\\.1\\.1 <nosuch@postfix\\.example>")
        .contains("Subject: to nobody there\r\n");
  }

  @Test
  void postfixSendsToUsOverVerifiedTls() throws Exception {
    postfix.sendmail(message("bob@soft.example", "from Postfix"), "bob@soft.example");

    assertThat(lab.read("bob@soft.example", "from Postfix"))
        .startsWith("Return-Path: <user@postfix.example>\r\nDelivered-To: bob@soft.example\r\n")
        .contains("Received: from mx.postfix.example (mx.postfix.example [127.25.0.20]) by\r\n")
        .containsPattern("\\swith\\s+ESMTPS\\s+\\(TLSv1\\.3\\s")
        .endsWith("\r\n\r\n.one dot\r\n");
    // what the TLSA record says, and not merely some certificate
    postfix.awaitLog("Verified TLS connection established to mx.soft.example[127.25.0.2]");
  }

  @Test
  void postfixRefusesUsWhereTheTlsaRecordTellsOfAnotherKey() throws Exception {
    String to = "bob@false.soft.postfix.example";
    postfix.sendmail(message(to, "to a false certificate"), to);

    assertThat(postfix.awaitLog("to=<" + to + ">"))
        .contains("status=deferred (Server certificate not verified)");
  }

  @Test
  void weProvePostfixByItsTlsaRecord() throws Exception {
    submit(USER, "to the key in the DNS");
    postfix.awaitMail("Subject: to the key in the DNS");

    assertThat(events("to the key in the DNS", "tls-policy-chosen"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("basis").asString()).isEqualTo("tlsa");
              assertThat(event.path("demand").asString()).isEqualTo("dane mx.postfix.example");
            });
    assertThat(events("to the key in the DNS", "tls-established"))
        .anySatisfy(
            event ->
                assertThat(event.path("verification").asString())
                    .startsWith("verified by DANE: TLSA 3 1 1 "));
  }

  @Test
  void weRefusePostfixWhereTheTlsaRecordTellsOfAnotherKey() throws Exception {
    submit("user@false.postfix.example", "to a false Postfix");

    List<JsonNode> deferred =
        Polls.until(
            "the message to wait",
            () ->
                Optional.of(events("to a false Postfix", "deferred"))
                    .filter(events -> !events.isEmpty()));
    assertThat(deferred.getFirst().path("status").asString()).isEqualTo("4.7.5");
    assertThat(deferred.getFirst().path("reason").asString())
        .contains("no TLSA record fits the server's certificate");
  }

  /** Of one type, in the journey of the message that Alice submitted with this subject. */
  private List<JsonNode> events(String subject, String type) throws Exception {
    for (JsonNode event : lab.trace("strict.example", ALICE)) {
      if (event.path("subject").asString("").equals(subject)) {
        return lab.trace("strict.example", event.path("message").asString()).stream()
            .filter(one -> one.path("type").asString().equals(type))
            .toList();
      }
    }
    return List.of();
  }

  @Test
  void weTellPostfixOfSuccessWhenAsked() throws Exception {
    postfix.sendmail(
        message("bob@soft.example", "with a receipt"),
        "-N",
        "success,failure",
        "-V",
        "envelope+1",
        "bob@soft.example");

    assertThat(postfix.awaitMail("Original-Envelope-Id: envelope+1"))
        .contains("Return-Path: <>\n", "Action: delivered\n")
        .contains("Reporting-MTA: dns; mx.soft.example\n")
        .contains("Original-Recipient: rfc822;bob@soft.example\n")
        .contains("Final-Recipient: rfc822; bob@soft.example\n")
        .containsPattern("with ESMTPS id ");
  }

  @Test
  void weTellPostfixOfAFailureAfterAcceptance() throws Exception {
    ObjectNode alias = ControlClient.arguments().put("alias", "left@list.example");
    alias.putArray("targets").add("nosuch@soft.example");
    lab.command("list.example", "alias-add", alias);

    postfix.sendmail(message("left@list.example", "to who left"), "left@list.example");

    assertThat(postfix.awaitMail("Final-Recipient: rfc822; nosuch@soft.example"))
        .contains("Return-Path: <>\n", "Reporting-MTA: dns; mx.list.example\n")
        .contains("Original-Recipient: rfc822;left@list.example\n", "Action: failed\n")
        .contains("Remote-MTA: dns; mx.soft.example\n")
        .contains("Diagnostic-Code: smtp; 550 5.1.1 No such user here\n")
        .contains("Subject: to who left\n");
  }

  @Test
  void postfixTellsUsOfAFailureAfterAcceptance() throws Exception {
    submit("former@postfix.example", "to the former user");

    assertThat(lab.read(ALICE, "Undelivered Mail Returned to Sender"))
        .startsWith("Return-Path: <>\r\n")
        .contains("Received: from mx.postfix.example (mx.postfix.example [127.25.0.20]) by\r\n")
        .contains("Reporting-MTA: dns; mx.postfix.example\r\n")
        .contains("Final-Recipient: rfc822; nosuch@soft.example\r\n")
        .contains("Diagnostic-Code: smtp; 550 5.1.1 No such user here\r\n")
        .contains("Subject: to the former user\r\n");
  }
}
