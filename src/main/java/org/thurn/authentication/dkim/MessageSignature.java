package org.thurn.authentication.dkim;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.authentication.TagList;
import org.thurn.dns.DnsName;
import org.thurn.message.HeaderField;
import org.thurn.name.Domain;

/**
 * One signature over a message, of DKIM (RFC 6376 §3.5) or ARC (RFC 8617 §4.1.2), read and found to
 * be well formed.
 *
 * @param dialect which of the two
 * @param field the field itself
 * @param signatureTag where {@code b=} stands in the field's raw value
 * @param algorithm {@code a=}
 * @param signature {@code b=} in base64, without white space
 * @param bodyHash {@code bh=} in base64, without white space
 * @param headerCanonicalization of {@code c=}
 * @param bodyCanonicalization of {@code c=}
 * @param domain {@code d=}, who takes responsibility
 * @param signedFields {@code h=}, as written
 * @param identity DKIM's {@code i=}, decoded; a domain as A-labels. If absent it is "@" and the
 *     domain
 * @param instance ARC's {@code i=}; 0 for DKIM
 * @param bodyLength {@code l=}, in canonical octets
 * @param selector {@code s=}, as A-labels
 * @param timestamp {@code t=}
 * @param expiration {@code x=}
 * @param copiedFields {@code z=}, as written
 */
public record MessageSignature(
    Dialect dialect,
    HeaderField field,
    TagList.Tag signatureTag,
    Algorithm algorithm,
    String signature,
    String bodyHash,
    Canonicalization headerCanonicalization,
    Canonicalization bodyCanonicalization,
    Domain domain,
    List<String> signedFields,
    Optional<String> identity,
    int instance,
    OptionalLong bodyLength,
    String selector,
    Optional<Instant> timestamp,
    Optional<Instant> expiration,
    Optional<String> copiedFields) {
  /** What stands between a selector and its domain in the DNS (RFC 6376 §3.6.2.1). */
  static final String KEYS_BELOW = "_domainkey";

  public MessageSignature {
    signedFields = List.copyOf(signedFields);
  }

  /**
   * Reads a signature's field.
   *
   * @throws SignatureSyntaxException with the first mistake in it
   */
  public static MessageSignature parse(HeaderField field, Dialect dialect)
      throws SignatureSyntaxException {
    return new SignatureParser(field, dialect).parse();
  }

  /** Where the key is. */
  public DnsName keyName() {
    return DnsName.of(domain).under(selector, KEYS_BELOW);
  }

  /** {@code i=}, or what it is when it is not there. */
  public String identityOrDefault() {
    return identity.orElse("@" + domain.ascii());
  }

  /** The domain of the identity. */
  Domain identityDomain() {
    return identity.map(i -> new Domain(i.substring(i.lastIndexOf('@') + 1))).orElse(domain);
  }

  byte[] signatureOctets() {
    return Base64.getDecoder().decode(signature);
  }

  byte[] bodyHashOctets() {
    return Base64.getDecoder().decode(bodyHash);
  }
}
