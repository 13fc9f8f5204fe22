package org.thurn.lab.scenario;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Mailbox;

/** A message in memory: its fields, and its body behind the empty line. */
final class Letter {
  private static final byte[] CRLF = {'\r', '\n'};

  private final List<HeaderField> fields;
  private final byte[] body;

  private Letter(List<HeaderField> fields, byte[] body) {
    this.fields = List.copyOf(fields);
    this.body = body;
  }

  /** A new one. */
  static Letter written(
      String messageId, Instant date, Mailbox from, Mailbox to, String subject, String text) {
    return new Letter(
        List.of(
            HeaderField.of(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC))),
            HeaderField.of("From", "<" + from + ">"),
            HeaderField.of("To", "<" + to + ">"),
            HeaderField.of("Subject", subject),
            HeaderField.of("Message-ID", messageId),
            HeaderField.of("MIME-Version", "1.0"),
            HeaderField.of("Content-Type", "text/plain; charset=us-ascii")),
        text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** One that came. */
  static Letter read(byte[] octets) {
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    return new Letter(
        headers.fields(), Arrays.copyOfRange(octets, headers.length(), octets.length));
  }

  Headers headers() {
    return Headers.of(fields);
  }

  /** Nobody changes it. */
  byte[] body() {
    return body;
  }

  Letter withOnTop(List<HeaderField> added) {
    List<HeaderField> all = new ArrayList<>(added);
    all.addAll(fields);
    return new Letter(all, body);
  }

  Letter without(String name) {
    return new Letter(fields.stream().filter(field -> !field.hasName(name)).toList(), body);
  }

  Letter withSubject(UnaryOperator<String> change) {
    return new Letter(
        fields.stream()
            .map(
                field ->
                    field.hasName("Subject")
                        ? HeaderField.of("Subject", change.apply(field.unfolded().strip()))
                        : field)
            .toList(),
        body);
  }

  Letter withText(UnaryOperator<String> change) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return new Letter(fields, change.apply(text).getBytes(StandardCharsets.ISO_8859_1));
  }

  String messageId() {
    return headers().first("Message-ID").map(f -> f.unfolded().strip()).orElse("");
  }

  /** As it is sent. */
  byte[] octets() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach(field -> out.writeBytes(field.toByteArray()));
    out.writeBytes(CRLF);
    out.writeBytes(body);
    return out.toByteArray();
  }

  ByteArrayInputStream open() {
    return new ByteArrayInputStream(octets());
  }
}
