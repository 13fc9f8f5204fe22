package org.thurn.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The signed messages of RFC 6376 and RFC 8463, with the keys that they give. */
class RfcExamplesTest {
  private static final String JOE =
      """
      From: Joe SixPack <joe@football.example.com>
      To: Suzie Q <suzie@shopping.example.net>
      Subject: Is dinner ready?
      Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
      Message-ID: <20030712040037.46341.5F8J@football.example.com>

      Hi.

      We lost the game.%sAre you hungry yet?

      Joe.
      """;

  /** RFC 6376 A.2, its folds as erratum 4926 and its body as erratum 3192 have them. */
  private static final String SIMPLE =
      """
      DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
            c=simple/simple; q=dns/txt; i=joe@football.example.com;
            h=Received : From : To : Subject : Date : Message-ID;
            bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
            b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
            4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
            KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
            4bmp/YzhwvcubU4=;
      Received: from client1.football.example.com  [192.0.2.1]
            by submitserver.example.com with SUBMISSION;
            Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
      """;

  private static final String BRISBANE =
      "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
          + "KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
          + "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v"
          + "/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi"
          + "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

  /** RFC 8463 A.3. */
  private static final String RELAXED =
      """
      DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
       d=football.example.com; i=@football.example.com;
       q=dns/txt; s=brisbane; t=1528637909; h=from : to :
       subject : date : message-id : from : subject : date;
       bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
       b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
       Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
      DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
       d=football.example.com; i=@football.example.com;
       q=dns/txt; s=test; t=1528637909; h=from : to : subject :
       date : message-id : from : subject : date;
       bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
       b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
       DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
       dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
      """;

  private static final String TEST =
      "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
          + "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/b"
          + "yYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKr"
          + "M3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K"
          + "4w3QIDAQAB";

  private static final KeyZone ZONE =
      new KeyZone()
          .with("brisbane._domainkey.example.com", BRISBANE)
          .with(
              "brisbane._domainkey.football.example.com",
              "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
          .with("test._domainkey.football.example.com", TEST);

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  @Test
  void theExampleOfRfc6376Verifies() throws Exception {
    DkimResult result = Mail.verifyOne(crlf(SIMPLE + JOE.formatted(" ")), ZONE);

    assertThat(result.cause()).isEqualTo(Cause.VERIFIED);
    assertThat(result.identity()).contains("joe@football.example.com");
    assertThat(result.key().bits()).isEqualTo(1024);
    assertThat(result.signatureStart()).contains("AuUoFEfD");
    assertThat(result.signedFields()).startsWith("Received", "From").hasSize(6);
  }

  @Test
  void asItIsPrintedItDoesNot() throws Exception {
    assertThat(Mail.verifyOne(crlf(SIMPLE + JOE.formatted("  ")), ZONE).cause())
        .isEqualTo(Cause.BODY_CHANGED);
    assertThat(Mail.verifyOne(crlf(SIMPLE.replace("      ", "     ") + JOE.formatted(" ")), ZONE))
        .returns(Cause.HEADER_CHANGED, DkimResult::cause);
  }

  @Test
  void bothSignaturesOfRfc8463Verify() throws Exception {
    List<DkimResult> results = Mail.verify(crlf(RELAXED + JOE.formatted("  ")), ZONE);

    assertThat(results)
        .extracting(DkimResult::outcome, r -> r.algorithm().orElseThrow(), r -> r.key().bits())
        .containsExactly(
            tuple(Outcome.PASS, Algorithm.ED25519_SHA256, 256),
            tuple(Outcome.PASS, Algorithm.RSA_SHA256, 1024));
  }

  /** RFC 8463 A.2 gives this seed with that public key. */
  @Test
  void theSeedOfRfc8463HasItsPublicKey() throws Exception {
    DkimKey key =
        DkimKey.fromPem(
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """);
    assertThat(key.record(java.util.Set.of()).publicKey())
        .isEqualTo("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
  }
}
