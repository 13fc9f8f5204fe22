package org.thurn.authentication.arc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.thurn.authentication.TagList;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Canonicalization;
import org.thurn.authentication.dkim.Dialect;
import org.thurn.authentication.dkim.MessageSignature;
import org.thurn.message.HeaderField;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/**
 * One ARC-Seal, RFC 8617 §4.1.3, read and found to be well formed.
 *
 * @param field the field itself
 * @param signatureTag where {@code b=} stands in the field's raw value
 * @param instance {@code i=}
 * @param algorithm {@code a=}
 * @param signature {@code b=} in base64, without white space
 * @param chainValidation {@code cv=}: what the sealer found the chain before to be
 * @param domain {@code d=}, who seals
 * @param selector {@code s=}, as A-labels
 * @param timestamp {@code t=}
 */
public record ArcSeal(
    HeaderField field,
    TagList.Tag signatureTag,
    int instance,
    Algorithm algorithm,
    String signature,
    ChainValidation chainValidation,
    Domain domain,
    String selector,
    Optional<Instant> timestamp) {
  private static final Pattern TIME = Pattern.compile("[0-9]{1,12}");
  private static final Pattern SELECTOR =
      Pattern.compile("[A-Za-z0-9_-]{1,63}+(?:\\.[A-Za-z0-9_-]{1,63}+)*+");

  /** RFC 1035 §2.3.4, less the domain and what stands between it and the selector. */
  private static final int MAX_KEY_NAME = 253 - "._domainkey.".length();

  /**
   * Reads a seal.
   *
   * @throws ArcSyntaxException with the first mistake in it
   */
  public static ArcSeal parse(HeaderField field) throws ArcSyntaxException {
    TagList tags = ArcField.SEAL.tags(field);
    int instance = ArcField.SEAL.instance(tags);
    if (tags.tag("h").isPresent()) { // RFC 8617 §4.1.3
      throw wrong("has h=, which no seal may have");
    }
    TagList.Tag signatureTag = tags.tag("b").orElseThrow(() -> wrong("has no b="));
    Domain domain = domain(tags);
    return new ArcSeal(
        field,
        signatureTag,
        instance,
        Algorithm.of(required(tags, "a"))
            .filter(algorithm -> algorithm != Algorithm.RSA_SHA1)
            .orElseThrow(() -> wrong("has an a= that is not known or not believed any more")),
        signature(signatureTag),
        ChainValidation.of(required(tags, "cv"))
            .orElseThrow(() -> wrong("has a cv= other than none, pass and fail")),
        domain,
        selector(tags, domain),
        timestamp(tags));
  }

  private static Domain domain(TagList tags) throws ArcSyntaxException {
    try {
      return Domain.parse(utf8(required(tags, "d")));
    } catch (NameSyntaxException _) {
      throw wrong("has a d= that is no domain");
    }
  }

  private static String selector(TagList tags, Domain domain) throws ArcSyntaxException {
    String text = utf8(required(tags, "s"));
    try {
      boolean ascii = text.chars().allMatch(c -> c < 0x80);
      String selector = ascii ? text : Domain.parse(text).ascii();
      boolean fits = selector.length() + domain.ascii().length() <= MAX_KEY_NAME;
      if (fits && SELECTOR.matcher(selector).matches()) {
        return selector;
      }
    } catch (NameSyntaxException _) {
      throw wrong("has an s= that is no selector");
    }
    throw wrong("has an s= that is no selector");
  }

  private static String signature(TagList.Tag tag) throws ArcSyntaxException {
    String text = TagList.squeeze(tag.value());
    try {
      if (Base64.getDecoder().decode(text).length > 0) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      throw wrong("has a b= that is not in base64");
    }
    throw wrong("has an empty b=");
  }

  private static Optional<Instant> timestamp(TagList tags) throws ArcSyntaxException {
    Optional<String> text = tags.value("t");
    if (text.isPresent() && !TIME.matcher(text.get()).matches()) {
      throw wrong("has a t= that is no time in seconds");
    }
    return text.map(t -> Instant.ofEpochSecond(Long.parseLong(t)));
  }

  private static String required(TagList tags, String tag) throws ArcSyntaxException {
    return tags.value(tag).orElseThrow(() -> wrong("has no " + tag + "="));
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static ArcSyntaxException wrong(String words) {
    return ArcField.SEAL.wrong(words);
  }

  /** As far as it is like a message's signature: where its key is. */
  MessageSignature asSignature() {
    return new MessageSignature(
        Dialect.ARC,
        field,
        signatureTag,
        algorithm,
        signature,
        "",
        Canonicalization.RELAXED,
        Canonicalization.RELAXED,
        domain,
        List.of(),
        Optional.empty(),
        instance,
        OptionalLong.empty(),
        selector,
        timestamp,
        Optional.empty(),
        Optional.empty());
  }
}
