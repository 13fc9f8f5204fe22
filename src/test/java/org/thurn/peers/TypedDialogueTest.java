package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thurn.testing.Programs;

/** A person types SMTP: through netcat, and through openssl after STARTTLS. */
@ExtendWith(LabFixture.class)
class TypedDialogueTest {
  private final RunningLab lab;

  TypedDialogueTest(RunningLab lab) {
    this.lab = lab;
  }

  private Typist netcat(String domain) throws Exception {
    return new Typist(
        List.of(
            Programs.require("nc").toString(),
            "-C",
            lab.address(domain),
            Integer.toString(lab.port(domain, "smtp"))));
  }

  @Test
  void netcatDeliversWithHelo() throws Exception {
    try (Typist nc = netcat("soft.example")) {
      assertThat(nc.reply()).startsWith("220 mx.soft.example ESMTP");
      assertThat(nc.ask("HELO mx.plain.example")).startsWith("250 mx.soft.example");
      assertThat(nc.ask("MAIL FROM:<alice@plain.example>")).startsWith("250 2.1.0");
      assertThat(nc.ask("RCPT TO:<bob@soft.example>")).startsWith("250 2.1.5");
      assertThat(nc.ask("DATA")).startsWith("354 ");
      nc.type("From: <alice@plain.example>", "To: <bob@soft.example>", "Subject: typed", "");
      nc.type("..One dot, not two.");
      assertThat(nc.ask(".")).startsWith("250 2.0.0 Ok: queued as ");
      assertThat(nc.ask("QUIT")).startsWith("221 2.0.0");
    }

    String text = lab.read("bob@soft.example", "typed");
    assertThat(text)
        .startsWith("Return-Path: <alice@plain.example>\r\nDelivered-To: bob@soft.example\r\n")
        .containsPattern("Received: from mx\\.plain\\.example \\(\\[127\\.0\\.0\\.1]\\)")
        .containsPattern("\\swith\\s+SMTP\\s+id\\s")
        .endsWith("\r\n\r\n.One dot, not two.\r\n");
  }

  @Test
  void everyWrongStepHasItsCode() throws Exception {
    try (Typist nc = netcat("soft.example")) {
      nc.reply();
      assertThat(nc.ask("MAIL FROM:<alice@plain.example>")).startsWith("503 5.5.1");
      assertThat(nc.ask("EHLO mx.plain.example")).startsWith("250 ");
      assertThat(nc.ask("RCPT TO:<bob@soft.example>")).startsWith("503 5.5.1");
      assertThat(nc.ask("DATA")).startsWith("503 5.5.1");
      assertThat(nc.ask("MAIL FROM:alice@plain.example")).startsWith("501 5.5.4");
      assertThat(nc.ask("MAIL FROM:<alice@>")).isEqualTo("501 5.1.7 Not a domain name: \"\"");
      assertThat(nc.ask("MAIL FROM:<alice@plain.example> COLOUR=RED")).startsWith("555 5.5.4");
      assertThat(nc.ask("MAIL FROM:<alice@plain.example> SIZE=999999999")).startsWith("552 5.3.4");
      assertThat(nc.ask("MAIL FROM:<alice@plain.example>")).startsWith("250 ");
      assertThat(nc.ask("MAIL FROM:<bob@plain.example>")).startsWith("503 5.5.1");
      assertThat(nc.ask("RCPT TO:<nosuch@soft.example>")).startsWith("550 5.1.1");
      assertThat(nc.ask("RCPT TO:<bob@plain.example>")).startsWith("550 5.7.1");
      assertThat(nc.ask("RCPT TO:bob")).startsWith("501 5.5.4");
      assertThat(nc.ask("DATA")).startsWith("554 5.5.1");
      assertThat(nc.ask("RCPT TO:<postmaster>")).startsWith("250 ");
      assertThat(nc.ask("RSET")).startsWith("250 ");
      assertThat(nc.ask("MAIL FROM:<alice@nowhere.example>")).startsWith("250 ");
      assertThat(nc.ask("RCPT TO:<bob@soft.example>")).startsWith("550 5.1.8");
      assertThat(nc.ask("VRFY bob")).startsWith("252 ");
      assertThat(nc.ask("HELP")).startsWith("214 ");
      assertThat(nc.ask("NOOP")).startsWith("250 ");
      assertThat(nc.ask("WIZ")).startsWith("500 5.5.");
      assertThat(nc.ask("EXPN all")).startsWith("502 5.5.1");
    }
  }

  @Test
  void opensslDeliversAfterStartTls() throws Exception {
    List<String> command =
        List.of(
            Programs.require("openssl").toString(),
            "s_client",
            "-connect",
            lab.at("soft.example", "smtp"),
            "-starttls",
            "smtp",
            "-CAfile",
            lab.authority().toString(),
            "-verify_hostname",
            "mx.soft.example",
            "-verify_return_error",
            "-quiet",
            "-crlf");
    try (Typist openssl = new Typist(command)) {
      assertThat(openssl.ask("EHLO mx.plain.example")).startsWith("250 ");
      assertThat(openssl.ask("STARTTLS")).startsWith("503 5.5.1");
      assertThat(openssl.ask("MAIL FROM:<alice@plain.example>")).startsWith("250 ");
      assertThat(openssl.ask("RCPT TO:<bob@soft.example>")).startsWith("250 ");
      assertThat(openssl.ask("DATA")).startsWith("354 ");
      openssl.type("From: <alice@plain.example>", "Subject: typed over TLS", "", "secret");
      assertThat(openssl.ask(".")).startsWith("250 ");
      assertThat(openssl.ask("QUIT")).startsWith("221 ");
    }

    assertThat(lab.read("bob@soft.example", "typed over TLS"))
        .containsPattern("\\swith\\s+ESMTPS\\s+\\(TLSv1\\.3\\s")
        .endsWith("\r\n\r\nsecret\r\n");
  }
}
