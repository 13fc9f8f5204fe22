package org.thurn.access;

/** Messages that the tests read. */
public final class Messages {
  /** Text, two lines of body. */
  public static final String PLAIN =
      """
      Date: Mon, 23 Nov 2026 10:00:00 +0100
      From: Bob Builder <bob@soft.example>
      To: Alice <alice@strict.example>, Team: carol@strict.example, dave@strict.example;
      Subject: Lunch at noon
      Message-ID: <1@soft.example>

      Shall we meet at the
      .café?
      """;

  /** A text, an HTML and an attached message, nested. */
  public static final String MIXED =
      """
      Date: Mon, 23 Nov 2026 11:00:00 +0100
      From: "Bob \\"B\\"" <bob@soft.example>
      To: alice@strict.example
      Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
      Message-ID: <2@soft.example>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=outer

      preamble
      --outer
      Content-Type: multipart/alternative; boundary=inner

      --inner
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: base64

      R3LDvMOfZQ==
      --inner
      Content-Type: text/html

      <p>hello</p>
      --inner--
      --outer
      Content-Type: message/rfc822
      Content-Disposition: attachment; filename=old.eml

      Subject: inside
      From: carol@plain.example

      inner body
      --outer--
      """;

  private Messages() {}
}
