package org.thurn.authentication.dkim;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.thurn.authentication.TagList;
import org.thurn.authentication.TagListException;

/**
 * A public key as the DNS has it, RFC 6376 §3.6.1.
 *
 * @param hashes {@code h=}: the hashes it may be used with; all of them if empty
 * @param keyType {@code k=}
 * @param notes {@code n=}, for people; as written
 * @param publicKey {@code p=} in base64, without white space; empty if the key was revoked
 * @param services {@code s=}: what it is for
 * @param flags {@code t=}
 */
public record DkimKeyRecord(
    List<String> hashes,
    String keyType,
    Optional<String> notes,
    String publicKey,
    List<String> services,
    Set<String> flags) {
  /** Octets. A key of 4096 bits has 736; the rest is for notes, and nobody parses a megabyte. */
  public static final int MAX_RECORD = 8_192;

  private static final String VERSION = "DKIM1";

  public DkimKeyRecord {
    hashes = List.copyOf(hashes);
    services = List.copyOf(services);
    flags = Set.copyOf(flags);
  }

  /** The record for a key that is used as it is meant to be used. */
  public static DkimKeyRecord of(String keyType, String publicKey, Set<String> flags) {
    return new DkimKeyRecord(List.of(), keyType, Optional.empty(), publicKey, List.of("*"), flags);
  }

  /**
   * Reads the joined strings of a TXT record.
   *
   * @throws KeySyntaxException if it is no key record, or one with a mistake
   */
  public static DkimKeyRecord parse(String text) throws KeySyntaxException {
    if (text.length() > MAX_RECORD) {
      throw new KeySyntaxException("the record has more than " + MAX_RECORD + " octets");
    }
    TagList tags;
    try {
      tags = TagList.parse(text);
    } catch (TagListException e) {
      throw new KeySyntaxException("the record is no list of tags: " + e.getMessage());
    }
    Optional<TagList.Tag> version = tags.tag("v");
    if (version.isPresent()) {
      if (!version.get().value().equals(VERSION)) {
        throw new KeySyntaxException("v=" + Words.quote(version.get().value()) + " is no key's");
      }
      if (!tags.tags().getFirst().equals(version.get())) {
        throw new KeySyntaxException("v= is not the first tag");
      }
    }
    String key =
        tags.value("p")
            .map(TagList::squeeze)
            .orElseThrow(() -> new KeySyntaxException("there is no p=, the key itself"));
    try {
      Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException _) {
      throw new KeySyntaxException("p= is not in base64");
    }
    return new DkimKeyRecord(
        list(tags, "h"),
        tags.value("k").orElse(Algorithm.RSA_SHA256.keyType()),
        tags.value("n"),
        key,
        tags.tag("s").isPresent() ? list(tags, "s") : List.of("*"),
        new LinkedHashSet<>(list(tags, "t")));
  }

  private static List<String> list(TagList tags, String tag) {
    return tags.value(tag).stream()
        .flatMap(value -> Stream.of(TagList.squeeze(value).split(":", -1)))
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** Whether its owner has taken it back. */
  public boolean revoked() {
    return publicKey.isEmpty();
  }

  /** {@code t=y}: its owner only tries DKIM out. */
  public boolean testing() {
    return flags.contains("y");
  }

  /** {@code t=s}: it speaks for its domain and for none below it. */
  public boolean strict() {
    return flags.contains("s");
  }

  /** Whether it may be used for mail. */
  public boolean forMail() {
    return services.contains("*") || services.contains("email");
  }

  /** Whether the algorithm may be used with it. */
  public boolean fits(Algorithm algorithm) {
    return keyType.equals(algorithm.keyType())
        && (hashes.isEmpty() || hashes.contains(Algorithm.HASH));
  }

  /** The record's text, with what is not the default. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("v=" + VERSION);
    if (!hashes.isEmpty()) {
      text.append("; h=").append(String.join(":", hashes));
    }
    text.append("; k=").append(keyType);
    notes.ifPresent(n -> text.append("; n=").append(n));
    if (!services.equals(List.of("*"))) {
      text.append("; s=").append(String.join(":", services));
    }
    if (!flags.isEmpty()) {
      text.append("; t=").append(String.join(":", flags.stream().sorted().toList()));
    }
    return text.append("; p=").append(publicKey).toString();
  }
}
