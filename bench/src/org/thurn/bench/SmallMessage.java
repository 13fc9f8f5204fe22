package org.thurn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SplittableRandom;

/** Messages of 1 KB, each another, of a text that a compressor cannot make much of. */
final class SmallMessage {
  /** Octets of each. */
  static final int OCTETS = 1_024;

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static final int LINE = 76;

  private SmallMessage() {}

  static byte[] of(long number, String recipient) {
    StringBuilder text =
        new StringBuilder(OCTETS)
            .append(
                """
                Received: from mx.client.example (mx.client.example [127.0.0.1])
                	by mx.bench.example with ESMTP; Thu, 26 Nov 2026 12:00:00 +0000
                From: Sender Number %1$d <sender%1$d@client.example>
                To: <%2$s>
                Date: Thu, 26 Nov 2026 12:00:00 +0000
                Message-ID: %3$s
                Subject: The message with the number %1$d

                """
                    .formatted(number, recipient, messageId(number))
                    .replace("\n", "\r\n"));
    SplittableRandom random = new SplittableRandom(number);
    int column = 0;
    while (text.length() < OCTETS - 2) {
      if (column == LINE && text.length() < OCTETS - 4) {
        text.append("\r\n");
        column = 0;
      } else {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        column++;
      }
    }
    return text.append("\r\n").toString().getBytes(US_ASCII);
  }

  static String messageId(long number) {
    return "<message." + number + "@client.example>";
  }
}
