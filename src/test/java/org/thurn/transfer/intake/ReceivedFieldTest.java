package org.thurn.transfer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.net.TlsSession;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.Session;
import org.thurn.time.Time;

class ReceivedFieldTest {
  private static final Journey JOURNEY = Journey.to(_ -> {}, Time.system(), new Ids(Time.system()));
  private static final TalkedSession SESSION =
      TalkedSession.smtp("198.51.100.7", "mx.away.example", JOURNEY);
  private static final TlsSession TLS = new Tls();

  @Test
  void namesWhoSaidWhatWhenAndHow() {
    assertThat(field(SESSION.over(TLS), Optional.of("rdns.away.example"), true, false))
        .isEqualTo(
            """
            Received: from mx.away.example (rdns.away.example [198.51.100.7])
             by mx.ours.example (Thurn) with ESMTPS
             (TLSv1.3 TLS_AES_128_GCM_SHA256 X25519MLKEM768) id 0000000000001
             for <alice@ours.example>; Tue, 24 Nov 2026 06:40:00 +0000
            """
                .replace("\n ", " ")
                .replace("\n", " "));
  }

  @Test
  void protocolNamesAreTheRegisteredOnes() {
    TalkedSession submitted = SESSION.speaking(Protocol.SUBMISSION).as("alice@ours.example");
    assertThat(with(SESSION.plain(), false)).isEqualTo("SMTP");
    assertThat(with(SESSION, false)).isEqualTo("ESMTP");
    assertThat(with(SESSION.over(TLS), false)).isEqualTo("ESMTPS");
    assertThat(with(submitted, false)).isEqualTo("ESMTPA");
    assertThat(with(submitted.over(TLS), false)).isEqualTo("ESMTPSA");
    assertThat(with(SESSION, true)).isEqualTo("UTF8SMTP");
    assertThat(with(submitted.over(TLS), true)).isEqualTo("UTF8SMTPSA");
    assertThat(with(SESSION.speaking(Protocol.LMTP), false)).isEqualTo("LMTP");
    assertThat(with(SESSION.speaking(Protocol.LMTP).over(TLS), true)).isEqualTo("UTF8LMTPS");
  }

  @Test
  void whatIsNoNameDoesNotEnterTheHeader() {
    TalkedSession odd = TalkedSession.smtp("2001:db8::7", "x) by evil.example; (\u0001", JOURNEY);
    assertThat(field(odd, Optional.empty(), false, false))
        .startsWith("Received: from [IPv6:2001:db8::7] ([IPv6:2001:db8::7]) by ")
        .doesNotContain("evil")
        .doesNotContain(" for ");
  }

  @Test
  void aHiddenSubmitterLeavesNoAddress() {
    assertThat(field(SESSION.over(TLS).as("alice@ours.example"), Optional.empty(), false, true))
        .startsWith("Received: by mx.ours.example (Thurn) with ESMTPSA (TLSv1.3")
        .doesNotContain("198.51.100.7");
  }

  @Test
  void aUnixSocketIsNamedAsSuch() {
    assertThat(field(SESSION.speaking(Protocol.LMTP).unix(), Optional.empty(), false, false))
        .startsWith("Received: from mx.away.example (Unix socket) by");
  }

  private static String with(Session session, boolean utf8) {
    String text =
        received(session, Optional.empty(), false, false, utf8).replaceFirst(".* with ", "");
    return text.substring(0, text.indexOf(' '));
  }

  private static String field(Session session, Optional<String> name, boolean one, boolean hide) {
    return received(session, name, one, hide, false);
  }

  private static String received(
      Session session, Optional<String> name, boolean one, boolean hide, boolean utf8) {
    ReceivedField field =
        new ReceivedField(
            Domain.of("mx.ours.example"),
            session,
            name,
            utf8,
            new QueueId("0000000000001"),
            one ? Optional.of(Mailbox.of("alice@ours.example")) : Optional.empty(),
            hide);
    String text = field.at(Instant.parse("2026-11-24T06:40:00Z")).toString();
    assertThat(text.lines()).allMatch(line -> line.length() <= 78);
    return text.replaceAll("\r\n ", " ").replace("\r\n", " ");
  }

  private record Tls() implements TlsSession {
    @Override
    public String version() {
      return "TLSv1.3";
    }

    @Override
    public String cipherSuite() {
      return "TLS_AES_128_GCM_SHA256";
    }

    @Override
    public Optional<String> group() {
      return Optional.of("X25519MLKEM768");
    }

    @Override
    public List<X509Certificate> peerChain() {
      return List.of();
    }

    @Override
    public Optional<String> serverName() {
      return Optional.empty();
    }

    @Override
    public Optional<byte[]> exporter(String label, int octets) {
      return Optional.empty();
    }
  }
}
