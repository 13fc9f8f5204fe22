package org.thurn.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.thurn.authentication.arc.ArcSealer;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.DkimSigner;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/** The messages and keys of one run, in a folder: every program gets the same octets. */
record Corpus(Path folder) {
  static final Domain DOMAIN = Domain.of("example.com");
  private static final int BODY = 10 * 1024;
  private static final int LINE = 72;

  /** Makes everything. */
  static Corpus make(Path folder) throws Exception {
    Corpus corpus = new Corpus(folder);
    DkimKey rsa = DkimKey.generate(Algorithm.RSA_SHA256);
    DkimKey ed = DkimKey.generate(Algorithm.ED25519_SHA256);
    corpus.key("rsa", rsa);
    corpus.key("ed", ed);
    byte[] plain = message().getBytes(StandardCharsets.US_ASCII);
    corpus.write("plain.eml", plain);
    byte[] signed = corpus.signed(plain, corpus.signing("rsa"));
    corpus.write("rsa.eml", signed);
    corpus.write("ed.eml", corpus.signed(plain, corpus.signing("ed")));
    corpus.write("forwarded.eml", corpus.sealed(signed));
    corpus.write("eight.eml", eightBit().getBytes(StandardCharsets.UTF_8));
    return corpus;
  }

  private void key(String name, DkimKey key) throws IOException {
    Files.writeString(folder.resolve(name + ".pem"), key.toPem());
    Files.writeString(folder.resolve(name + ".record"), key.record(Set.of()).toString());
  }

  private void write(String name, byte[] octets) throws IOException {
    Files.write(folder.resolve(name), octets);
  }

  byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  SigningKey signing(String selector) {
    try {
      String pem = Files.readString(folder.resolve(selector + ".pem"));
      return new SigningKey(DOMAIN, selector, DkimKey.fromPem(pem));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String message() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    text.append("Received: from client.example.com (client.example.com [192.0.2.1])\r\n");
    text.append("\tby mx.example.net with ESMTPS id 1K8695OR401AV;\r\n");
    text.append("\tTue, 24 Nov 2026 06:40:09 +0000\r\n");
    text.append("From: Alice <alice@example.com>\r\nTo: Bob <bob@example.net>\r\n");
    text.append("Subject: a message of ten kilobytes\r\n");
    text.append("Date: Tue, 24 Nov 2026 06:40:00 +0000\r\n");
    text.append("Message-ID: <20261124064000.1@example.com>\r\nMIME-Version: 1.0\r\n");
    text.append("Content-Type: text/plain; charset=us-ascii\r\n\r\n");
    int end = text.length() + BODY;
    while (text.length() < end) {
      for (int i = 0; i < LINE; i++) {
        text.append(random.nextInt(6) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
      }
      text.append("\r\n");
    }
    return text.toString();
  }

  /** German: five letters of a hundred have 8 bits. */
  private static String eightBit() {
    return message()
        .replace("charset=us-ascii\r\n", "charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n")
        .replace("q", "\u00fc");
  }

  private byte[] signed(byte[] message, SigningKey key) throws Exception {
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    DkimSigner signer =
        new DkimSigner(
            List.of(key), SigningSettings.DEFAULT, Time.system(), Cryptography.platform());
    byte[] body = java.util.Arrays.copyOfRange(message, headers.length(), message.length);
    return join(signer.sign(headers, body), message);
  }

  private byte[] sealed(byte[] message) throws Exception {
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    ArcSealer sealer =
        new ArcSealer(
            signing("rsa"), SigningSettings.DEFAULT, Time.system(), Cryptography.platform());
    Sealing sealing = sealer.begin(headers);
    sealing.take(message, headers.length(), message.length - headers.length());
    AuthenticationResults none = AuthenticationResults.of("example.com", List.of());
    return join(sealing.finish(ChainValidation.NONE, none), message);
  }

  private static byte[] join(List<HeaderField> fields, byte[] message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Headers.of(fields).writeTo(out);
    byte[] head = out.toByteArray();
    // what stands alone ends with the empty line of a header section, or not
    int length = new String(head, StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n") ? 2 : 0;
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(head, 0, head.length - length);
    whole.write(message);
    return whole.toByteArray();
  }
}
