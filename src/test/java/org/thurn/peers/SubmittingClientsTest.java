package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.testing.Programs;

/** swaks and curl submit mail with AUTH, which arrives in another domain; what is wrong is told. */
@ExtendWith(LabFixture.class)
class SubmittingClientsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ALICE = "alice@strict.example";
  private static final String BOB = "bob@soft.example";

  private final RunningLab lab;

  SubmittingClientsTest(RunningLab lab) {
    this.lab = lab;
  }

  private Programs.Ran swaks(String domain, String protocol, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.require("swaks").toString(),
                "--server",
                lab.address(domain),
                "--port",
                Integer.toString(lab.port(domain, protocol)),
                "--helo",
                "client.example",
                "--tls-verify",
                "--tls-ca-path",
                lab.authority().toString()));
    command.addAll(List.of(options));
    return Programs.run(LIMIT, "", command);
  }

  private Programs.Ran submit(
      String from, String protocol, String mechanism, String subject, String... options)
      throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--auth", mechanism, "--auth-user", from, "--auth-password"));
    all.addAll(List.of(lab.password(from), "--from", from, "--to", BOB));
    all.addAll(List.of("--header", "Subject: " + subject, "--body", "From swaks"));
    all.addAll(List.of(options));
    return swaks(RunningLab.domainOf(from), protocol, all.toArray(String[]::new));
  }

  @Test
  void swaksSubmitsAfterStartTls() throws Exception {
    Programs.Ran ran = submit(ALICE, "submission", "PLAIN", "swaks plain", "--tls");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output()).contains("<~  235 2.7.0", "<~  250 2.0.0 Ok: queued as ");
    assertThat(lab.read(BOB, "swaks plain"))
        .startsWith("Return-Path: <alice@strict.example>\r\nDelivered-To: bob@soft.example\r\n")
        .containsPattern("\\swith\\s+ESMTPSA\\s+\\(TLSv1\\.[23]\\s")
        .containsPattern("Received: from mx\\.strict\\.example \\(mx\\.strict\\.example\\s");
  }

  @Test
  void swaksSubmitsOverImplicitTls() throws Exception {
    Programs.Ran ran = submit(ALICE, "submissions", "LOGIN", "swaks login", "--tls-on-connect");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(lab.read(BOB, "swaks login")).contains("From swaks");
  }

  @Test
  void swaksSubmitsWithoutTlsWhereADomainHasNone() throws Exception {
    Programs.Ran ran = submit("alice@plain.example", "submission", "LOGIN", "swaks bare");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output()).doesNotContain("STARTTLS");
    assertThat(lab.read(BOB, "swaks bare"))
        .containsPattern("\\swith\\s+ESMTPA\\s")
        .doesNotContain("ESMTPSA");
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    Programs.Ran ran =
        swaks(
            "strict.example",
            "submission",
            "--tls",
            "--auth",
            "PLAIN",
            "--auth-user",
            ALICE,
            "--auth-password",
            "wrong",
            "--from",
            ALICE,
            "--to",
            BOB);

    assertThat(ran.exitCode()).as(ran.output()).isEqualTo(28); // swaks: no authentication
    assertThat(ran.output()).contains("<~* 535 5.7.8");
  }

  @Test
  void submissionAsksForAuthentication() throws Exception {
    Programs.Ran ran = swaks("strict.example", "submission", "--tls", "--from", ALICE, "--to", BOB);

    assertThat(ran.exitCode()).as(ran.output()).isEqualTo(23); // swaks: MAIL refused
    assertThat(ran.output()).contains("<~* 530 5.7.0");
  }

  @Test
  void anAccountSendsAsItselfOnly() throws Exception {
    Programs.Ran ran =
        submit(
            ALICE,
            "submissions",
            "PLAIN",
            "forged",
            "--tls-on-connect",
            "--from",
            "bob@strict.example");
    assertThat(ran.output()).contains("<~* 550 5.7.1");

    Programs.Ran header =
        submit(
            ALICE,
            "submissions",
            "PLAIN",
            "forged",
            "--tls-on-connect",
            "--header",
            "From: Bob <bob@strict.example>");
    assertThat(header.output()).contains("<~* 550 5.7.1");
  }

  @Test
  void port25RelaysForNobody() throws Exception {
    Programs.Ran ran =
        swaks("soft.example", "smtp", "--from", ALICE, "--to", "bob@plain.example", "--tls");

    assertThat(ran.exitCode()).as(ran.output()).isEqualTo(24); // swaks: no recipient taken
    assertThat(ran.output()).contains("<~* 550 5.7.1").doesNotContain("250-AUTH", "250 AUTH");
  }

  @Test
  void curlSubmits(@TempDir Path folder) throws Exception {
    Path message =
        Files.writeString(
            folder.resolve("message"),
            """
            From: Alice <alice@strict.example>\r
            To: Bob <bob@soft.example>\r
            Subject: curl submits\r
            \r
            .\r
            ..two dots\r
            """);
    for (String url :
        List.of(
            "smtp://" + lab.at("strict.example", "submission"),
            "smtps://" + lab.at("strict.example", "submissions"))) {
      List<String> command =
          List.of(
              Programs.require("curl").toString(),
              "-sSv",
              "--noproxy",
              "*",
              "--ssl-reqd",
              "--cacert",
              lab.authority().toString(),
              "--url",
              url + "/client.example",
              "--user",
              ALICE + ":" + lab.password(ALICE),
              "--mail-from",
              ALICE,
              "--mail-rcpt",
              BOB,
              "-T",
              message.toString());
      Programs.Ran ran = Programs.run(LIMIT, "", command);
      assertThat(ran.exitCode()).as(ran.output()).isZero();
    }

    assertThat(lab.read(BOB, "curl submits"))
        .containsPattern("\r\nDate: ")
        .containsPattern("\r\nMessage-ID: <[^>]+@[^>]+>\r\n")
        .endsWith("\r\n\r\n.\r\n..two dots\r\n");
  }
}
