package org.thurn.campaign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message of the campaign: its attempt's id in the header, a body whose hash is known. */
record Letter(String text, String hash) {
  static final String ID_FIELD = "X-Campaign";
  private static final Pattern ID = field(ID_FIELD, "(\\S+)");
  private static final Pattern MESSAGE_ID = field("Message-ID", "(<[^>]*>)");
  private static final int LARGEST = 2 << 20;
  private static final int LINE = 68;

  /** Of any size from 200 octets to 2 MiB, most of them small. */
  static Letter write(String id, String sender, Random random) {
    int octets =
        switch (random.nextInt(100)) {
          case 0, 1, 2 -> (1 << 20) + random.nextInt(LARGEST - (1 << 20) + 1);
          case 3, 4, 5, 6 -> random.nextInt(1 << 20);
          case 7, 8, 9, 10, 11, 12, 13, 14 -> random.nextInt(1 << 16);
          default -> 200 + random.nextInt(4_000);
        };
    String header =
        """
        From: <%s>
        Date: Wed, 25 Nov 2026 12:00:00 +0000
        Subject: campaign
        Message-ID: %s
        %s: %s

        """
            .formatted(sender, messageId(id), ID_FIELD, id)
            .replace("\n", "\r\n");
    String body = body(Math.max(40, octets - header.length()), random);
    return new Letter(header + body, hash(body.getBytes(US_ASCII)));
  }

  static String messageId(String id) {
    return "<" + id + "@campaign.example>";
  }

  private static String body(int octets, Random random) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < LINE; i++) {
      line.append((char) ('a' + random.nextInt(26)));
    }
    StringBuilder body = new StringBuilder(octets + LINE + 12);
    for (int i = 0; body.length() < octets; i++) {
      body.append(i).append(' ').append(line).append("\r\n");
    }
    return body.toString();
  }

  /** Of what stands behind the header of a whole message. */
  static String hashOfBody(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return hash(end < 0 ? new byte[0] : Arrays.copyOfRange(message, end + 4, message.length));
  }

  private static String hash(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** The id of the attempt, of a message of the campaign; else its Message-ID. */
  static String identity(String header) {
    return attempt(header).orElseGet(() -> first(MESSAGE_ID, header).orElse("nothing"));
  }

  /** Empty for what the server wrote itself. */
  static Optional<String> attempt(String header) {
    int end = header.indexOf("\r\n\r\n");
    return first(ID, end < 0 ? header : header.substring(0, end + 2));
  }

  private static Pattern field(String name, String value) {
    return Pattern.compile("(?mi)^" + name + ":\\s*" + value);
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
