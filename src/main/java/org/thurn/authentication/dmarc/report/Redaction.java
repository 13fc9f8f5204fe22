package org.thurn.authentication.dmarc.report;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.thurn.authentication.dmarc.Words;
import org.thurn.message.Address;
import org.thurn.message.AddressList;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/**
 * Takes out of a failing message what is private, RFC 6590: of addresses the local part becomes a
 * digest under a key that only we know, so that the same person is the same in several reports and
 * nobody knows who. Names, the subject and every field that we do not know are left out, and so is
 * the body.
 */
public final class Redaction {
  /** Fields that tell how the message travelled and was signed, and of nobody who received it. */
  private static final Set<String> PLAIN =
      fields(
          "From",
          "Date",
          "Message-ID",
          "List-Id",
          "DKIM-Signature",
          "Authentication-Results",
          "ARC-Seal",
          "ARC-Message-Signature",
          "ARC-Authentication-Results",
          "MIME-Version");

  /** Fields of addresses. */
  private static final Set<String> ADDRESSES = fields("To", "Cc", "Sender", "Reply-To");

  /** Fields with addresses somewhere in them. */
  private static final Set<String> MIXED = fields("Received", "Return-Path", "Received-SPF");

  /** A local part before its at sign, without the name of a property that it is the value of. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "((?:envelope-from|smtp\\.\\w{1,20}|header\\.\\w{1,20})=)?"
              + "(\"[^\"]{1,64}\"|[^\\s<>@,;:\"()\\[\\]]{1,128})@(?=[A-Za-z0-9\\[])");

  private final SecretKeySpec key;

  /**
   * A redaction.
   *
   * @param key secret octets, at least 16; the same for as long as reports should be comparable
   */
  public Redaction(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException("a redaction key of " + key.length + " octets");
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  private static Set<String> fields(String... names) {
    Set<String> fields = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    fields.addAll(List.of(names));
    return fields;
  }

  /** The header section that may be told. */
  public Headers redacted(Headers headers) {
    List<HeaderField> kept = new ArrayList<>();
    for (HeaderField field : headers) {
      if (!field.isWellFormed()) {
        continue;
      }
      String name = field.name();
      if (PLAIN.contains(name)) {
        kept.add(field);
      } else if (ADDRESSES.contains(name)) {
        kept.add(rewritten(name, addresses(field)));
      } else if (MIXED.contains(name)) {
        kept.add(rewritten(name, text(field.unfolded())));
      }
    }
    return Headers.of(kept);
  }

  private static HeaderField rewritten(String name, String value) {
    return HeaderField.of(name, value.replaceAll("\\p{Cntrl}", " "));
  }

  private String addresses(HeaderField field) {
    return AddressList.parse(field).mailboxes().stream()
        .map(this::address)
        .collect(Collectors.joining(", "));
  }

  private String address(Address.Single single) {
    return digest(single.local()) + "@" + Words.of(single.domain());
  }

  /** A text in which every local part is replaced. */
  public String text(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(
            found -> {
              String property = found.group(1) == null ? "" : found.group(1);
              return Matcher.quoteReplacement(property + digest(found.group(2)) + "@");
            });
  }

  /** 32 characters of the URL's base64, so that it is a local part. */
  private String digest(String local) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] digest = mac.doFinal(local.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 32);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
