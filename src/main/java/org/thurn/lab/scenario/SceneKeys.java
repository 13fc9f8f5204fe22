package org.thurn.lab.scenario;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.name.Domain;

/**
 * The keys that scenarios sign with, drawn anew at each start: they prove nothing outside of the
 * lab.
 *
 * @param author of {@code strict.example}
 * @param revoked of {@code strict.example}, and taken back
 * @param forwarder of {@code list.example}, for its seals
 */
public record SceneKeys(SigningKey author, SigningKey revoked, SigningKey forwarder) {
  /** Draws them. */
  public static SceneKeys draw() {
    return new SceneKeys(
        key(People.STRICT, "scene"), key(People.STRICT, "revoked"), key(People.LIST, "seal"));
  }

  private static SigningKey key(Domain domain, String selector) {
    return new SigningKey(domain, selector, DkimKey.generate(Algorithm.ED25519_SHA256));
  }

  /**
   * What the DNS is to have, in master-file form; an empty p= takes a key back: RFC 6376 §3.6.1.
   */
  public String zone() {
    return Stream.of(
            line(author, DkimKey.strings(author.key().record(Set.of()))),
            line(forwarder, DkimKey.strings(forwarder.key().record(Set.of()))),
            line(revoked, List.of("v=DKIM1; k=ed25519; p=")))
        .collect(Collectors.joining());
  }

  private static String line(SigningKey key, List<String> strings) {
    return "%s._domainkey.%s. 300 IN TXT %s\n"
        .formatted(
            key.selector(),
            key.domain(),
            strings.stream().map(s -> '"' + s + '"').collect(Collectors.joining(" ")));
  }
}
