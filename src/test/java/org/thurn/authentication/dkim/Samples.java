package org.thurn.authentication.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Messages of our own, in the shapes that large hosters and mailing lists give theirs: order and
 * folding of the tags, fields they sign, what they add and change on the way. Texts, domains and
 * keys are invented. {@code drafts/NAME.eml} is the message as its author's host signed it, {@link
 * #after} what was done to it then; the signed message is {@code NAME.eml}.
 *
 * <p>Their {@code x=} lies in the year 2099: other programs, which know of no time but the
 * machine's, are to agree for a while.
 */
public enum Samples {
  GMAIL,
  MICROSOFT,
  YAHOO,
  AMAZON_SES,
  SENDGRID,
  MAILCHIMP,
  ICLOUD,
  FASTMAIL,
  BOTH_ALGORITHMS,
  MAILMAN2(Lists::mailman2),
  MAILMAN3(Lists::mailman3),
  GOOGLE_GROUPS(Lists::googleGroups),
  SYMPA(Lists::sympa),
  EZMLM(Lists::ezmlm),
  EXCHANGE_RECODED(Lists::recoded),
  FOLDED_HASH,
  TABS,
  SPACED_LIST,
  ONLY_WHAT_MUST_BE,
  UPPER_CASE_ALGORITHM,
  IDENTITY_BELOW,
  KEY_FOR_EMAIL,
  STRICT_KEY,
  EXPIRED,
  LENGTH_AND_FOOTER(signed -> signed + "--\r\nGeprueft vom Tor der Behoerde\r\n");

  static final Path FOLDER = Path.of("src/test/resources/dkim/samples");

  /** Where the keys are, and what their records say before p=. */
  private static final Map<String, String> RECORDS = records();

  private final UnaryOperator<String> after;

  Samples() {
    this(UnaryOperator.identity());
  }

  Samples(UnaryOperator<String> after) {
    this.after = after;
  }

  private static Map<String, String> records() {
    Map<String, String> records = new LinkedHashMap<>();
    Stream.of(
            "20230601._domainkey.gasthof.example",
            "arc-20240605._domainkey.posthaus.example",
            "selector1._domainkey.weberei.example",
            "selector1-weberei-onmicrosoft-example._domainkey.weberei.onmicrosoft.example",
            "arcselector10001._domainkey.brief.example",
            "s2048._domainkey.zeitung.example",
            "hzk3vqk2w5x7m4n6p8r9t2v4x6z8b3d5._domainkey.laden.example",
            "ug7nbtf4gccmlpwj322ax3p6ow6yfsug._domainkey.amazonses.example",
            "1a1hai._domainkey.wolke.example",
            "fm2._domainkey.messagingengine.example",
            "rsa2025._domainkey.werkstatt.example",
            "arc2024._domainkey.lists.zunft.example",
            "20230601._domainkey.gruppen.example",
            "arc-20240605._domainkey.gruppen.example",
            "listes._domainkey.listes.uni.example",
            "gateway._domainkey.behoerde.example")
        .forEach(name -> records.put(name, "v=DKIM1; k=rsa; "));
    records.put("ed2025._domainkey.werkstatt.example", "v=DKIM1; k=ed25519; ");
    // as they are found in the DNS: without v=, without spaces, with all that may stand there
    records.put("s1._domainkey.verein.example", "k=rsa; t=s; ");
    records.put("k2._domainkey.baeckerei.example", "v=DKIM1;k=rsa;");
    records.put("fm2._domainkey.eilpost.example", "v=DKIM1; h=sha1:sha256; g=*; k=rsa; t=y:x; ");
    records.put("2024._domainkey.uni.example", "v=DKIM1; n=made in 2024; k=rsa; s=*; ");
    records.put("rundbrief._domainkey.laden.example", "");
    records.put("nurpost._domainkey.laden.example", "v=DKIM1; k=rsa; s=email; ");
    records.put("streng._domainkey.laden.example", "v=DKIM1; k=rsa; t=s; ");
    return records;
  }

  /** The file's name without its end. */
  String file() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The signed message, an octet a character. */
  public String message() throws IOException {
    return Files.readString(FOLDER.resolve(file() + ".eml"), StandardCharsets.ISO_8859_1);
  }

  /** What the draft becomes: the file's text. */
  String made() throws IOException, GeneralSecurityException {
    Path draft = FOLDER.resolve("drafts").resolve(file() + ".eml");
    String text = Files.readString(draft, StandardCharsets.ISO_8859_1).replace("\n", "\r\n");
    SampleSigner signer = new SampleSigner(privateKey("RSA", "rsa"), privateKey("Ed25519", "ed"));
    return signer.sign(after.apply(signer.sign(text)));
  }

  private static java.security.PrivateKey privateKey(String kind, String file)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(FOLDER.resolve(file + ".pem"));
    byte[] octets = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(octets));
  }

  /** The key of this kind that signed everything. */
  public static DkimKey key(Algorithm algorithm) throws IOException, KeySyntaxException {
    boolean edwards = algorithm == Algorithm.ED25519_SHA256;
    return DkimKey.fromPem(Files.readString(FOLDER.resolve(edwards ? "ed.pem" : "rsa.pem")));
  }

  /** Every key's name in the DNS, and the text of its record. */
  public static Map<String, String> zone() throws IOException, KeySyntaxException {
    Map<String, String> zone = new LinkedHashMap<>();
    for (Map.Entry<String, String> record : RECORDS.entrySet()) {
      boolean edwards = record.getValue().contains("ed25519");
      Algorithm algorithm = edwards ? Algorithm.ED25519_SHA256 : Algorithm.RSA_SHA256;
      String key = key(algorithm).record(Set.of()).publicKey();
      zone.put(record.getKey(), record.getValue() + "p=" + key);
    }
    return zone;
  }

  /** Writes the files anew: whoever changes a draft runs it, and looks at the difference. */
  public static void main(String[] none) throws Exception {
    for (Samples sample : values()) {
      Path file = FOLDER.resolve(sample.file() + ".eml");
      Files.writeString(file, sample.made(), StandardCharsets.ISO_8859_1);
    }
  }

  /** What lists and gateways do. */
  private static final class Lists {
    private Lists() {}

    private static String lines(String... lines) {
      return String.join("\r\n", lines) + "\r\n";
    }

    private static String withFields(String message, String... fields) {
      int end = message.indexOf("\r\n\r\n") + 2;
      return message.substring(0, end) + lines(fields) + message.substring(end);
    }

    private static String mailman2(String signed) {
      String tagged = signed.replace("\r\nSubject: ", "\r\nSubject: [Imker] ");
      return withFields(
              tagged,
              "X-BeenThere: imker@lists.imker.example",
              "X-Mailman-Version: 2.1.39",
              "Precedence: list",
              "List-Id: Imker und Honig <imker.lists.imker.example>",
              "List-Unsubscribe: <http://lists.imker.example/options/imker>,",
              " <mailto:imker-request@lists.imker.example?subject=unsubscribe>",
              "List-Post: <mailto:imker@lists.imker.example>",
              "Errors-To: imker-bounces@lists.imker.example",
              "Sender: \"Imker\" <imker-bounces@lists.imker.example>")
          + lines(
              "_______________________________________________",
              "Imker mailing list",
              "Imker@lists.imker.example",
              "http://lists.imker.example/listinfo/imker");
    }

    private static String mailman3(String signed) {
      String list =
          signed
              .replace("\r\nSubject: ", "\r\nSubject: [Weber] ")
              .replace(
                  "\r\nFrom: Grete Kiesel <grete@gasthof.example>",
                  "\r\nFrom: Grete Kiesel via Weber <weber@lists.zunft.example>");
      String whole =
          withFields(
                  list,
                  "X-Mailman-Rule-Misses: dmarc-mitigation; no-senders; approved; loop",
                  "X-Mailman-Version: 3.3.10",
                  "Precedence: list",
                  "List-Id: Die Weber <weber.lists.zunft.example>",
                  "List-Post: <mailto:weber@lists.zunft.example>",
                  "Reply-To: Grete Kiesel <grete@gasthof.example>")
              + lines(
                  "_______________________________________________",
                  "Weber mailing list -- weber@lists.zunft.example",
                  "To unsubscribe send an email to weber-leave@lists.zunft.example");
      return lines(
              "ARC-Seal: i=1; a=rsa-sha256; d=lists.zunft.example; s=arc2024; t=1736936405; cv=none;",
              "\tb={b 72 t}",
              "ARC-Message-Signature: i=1; a=rsa-sha256; d=lists.zunft.example; s=arc2024;",
              "\tt=1736936405; c=relaxed/relaxed;",
              "\th=from:reply-to:subject:date:message-id:to:list-id:list-post;",
              "\tbh={bh}; b={b 72 t}",
              "ARC-Authentication-Results: i=1; lists.zunft.example;",
              "\tdkim=pass header.d=gasthof.example header.s=20230601;",
              "\tspf=pass smtp.mailfrom=grete@gasthof.example;",
              "\tdmarc=pass (policy=reject) header.from=gasthof.example",
              "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=lists.zunft.example;",
              "\ts=arc2024; t=1736936405; h=from:subject:date:to:reply-to:list-id:list-post;",
              "\tbh={bh}; b={b 72 t}")
          + whole;
    }

    private static String googleGroups(String signed) {
      String whole =
          withFields(
                  signed,
                  "X-Original-Sender: grete@gasthof.example",
                  "X-Original-Authentication-Results: mx.gruppen.example;       dkim=pass",
                  " header.i=@gasthof.example header.s=20230601 header.b=Qm9kZW5z;       spf=pass",
                  " smtp.mailfrom=grete@gasthof.example;       dmarc=pass header.from=gasthof.example",
                  "Reply-To: wandern@gruppen.example",
                  "Precedence: list",
                  "Mailing-list: list wandern@gruppen.example; contact wandern+owners@gruppen.example",
                  "List-ID: <wandern.gruppen.example>",
                  "List-Post: <mailto:wandern@gruppen.example>")
              + lines(
                  "",
                  "-- ",
                  "You received this message because you walk on Sundays.",
                  "To stop, send an email to wandern+unsubscribe@gruppen.example.");
      String names = "list-post:list-id:mailing-list:precedence:reply-to";
      return lines(
              "ARC-Seal: i=2; a=rsa-sha256; t=1736936409; cv=pass;",
              "        d=gruppen.example; s=arc-20240605;",
              "        b={b 70 9}",
              "ARC-Message-Signature: i=2; a=rsa-sha256; c=relaxed/relaxed; d=gruppen.example;"
                  + " s=arc-20240605;",
              "        h=" + names,
              "         :mime-version:subject:message-id:to:from:date:dkim-signature;",
              "        bh={bh};",
              "        b={b 70 9};",
              "        dara=posthaus.example",
              "ARC-Authentication-Results: i=2; mx.gruppen.example; arc=pass (i=1 dkim=pass);",
              "       dkim=pass header.i=@gasthof.example header.s=20230601 header.b=Qm9kZW5z",
              "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;",
              "        d=gruppen.example; s=20230601; t=1736936409; x=4070908800;"
                  + " darn=posthaus.example;",
              "        h=" + names,
              "         :x-original-authentication-results:x-original-sender:mime-version",
              "         :subject:message-id:to:from:date:from:to:cc:subject:date:message-id",
              "         :reply-to;",
              "        bh={bh};",
              "        b={b 70 9}")
          + firstSet(signed)
          + whole;
    }

    /** What the group's own host put on when the message came. */
    private static String firstSet(String signed) {
      String body = signed.substring(signed.indexOf("\r\n\r\n") + 4);
      String set =
          lines(
              "ARC-Seal: i=1; a=rsa-sha256; t=1736936408; cv=none;",
              "        d=gruppen.example; s=arc-20240605;",
              "        b={b 70 9}",
              "ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=gruppen.example;"
                  + " s=arc-20240605;",
              "        h=to:subject:message-id:date:from:mime-version:dkim-signature;",
              "        bh={bh};",
              "        b={b 70 9};",
              "        dara=gruppen.example",
              "ARC-Authentication-Results: i=1; mx.gruppen.example;",
              "       dkim=pass header.i=@gasthof.example header.s=20230601 header.b=Qm9kZW5z");
      try {
        SampleSigner signer =
            new SampleSigner(privateKey("RSA", "rsa"), privateKey("Ed25519", "ed"));
        String sealed = signer.sign(set + signed);
        return sealed.substring(0, sealed.length() - signed.length());
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException(body, e);
      }
    }

    private static String sympa(String signed) {
      String list =
          signed
              .replace("\r\nSubject: ", "\r\nSubject: [seminar] ")
              .replace(
                  "--=_4a5b6c--\r\n",
                  lines(
                      "--=_4a5b6c",
                      "Content-Type: text/plain; charset=\"us-ascii\"",
                      "Content-Transfer-Encoding: 7bit",
                      "",
                      "Abmelden: https://listes.uni.example/sympa/signoff/seminar",
                      "--=_4a5b6c--"));
      return lines(
              "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;",
              "\td=listes.uni.example; i=seminar-request@listes.uni.example; s=listes;",
              "\tt=1736936406; h=From:To:Date:Message-ID:Subject:List-Id; bh={bh};",
              "\tb={b 72 t}")
          + withFields(
              list,
              "X-Loop: seminar@listes.uni.example",
              "X-Sequence: 17",
              "Errors-to: seminar-owner@listes.uni.example",
              "Precedence: list",
              "X-no-archive: yes",
              "List-Id: <seminar.listes.uni.example>");
    }

    private static String ezmlm(String signed) {
      return lines(
              "Mailing-List: contact kochen-help@ezlist.example; run by ezmlm",
              "Precedence: bulk",
              "List-Post: <mailto:kochen@ezlist.example>",
              "List-Unsubscribe: <mailto:kochen-unsubscribe@ezlist.example>",
              "Reply-To: kochen@ezlist.example",
              "Delivered-To: mailing list kochen@ezlist.example",
              "Received: (qmail 4712 invoked by uid 1009); 15 Jan 2025 10:20:01 -0000")
          + signed;
    }

    private static String recoded(String signed) {
      int end = signed.indexOf("\r\n\r\n") + 4;
      byte[] body = signed.substring(end).getBytes(StandardCharsets.ISO_8859_1);
      String header = signed.substring(0, end).replace("Encoding: 8bit", "Encoding: base64");
      return header + Base64.getMimeEncoder().encodeToString(body) + "\r\n";
    }
  }

  static List<Samples> all() {
    return Arrays.asList(values());
  }
}
