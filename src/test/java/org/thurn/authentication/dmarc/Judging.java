package org.thurn.authentication.dmarc;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;

/** Messages in short. */
public final class Judging {
  private Judging() {}

  /** Of an author domain and identifiers such as {@code spf=pass:example.com}. */
  static DmarcRequest request(String author, String... identifiers) {
    return request(AuthorDomains.of(DomainName.of(author)), identifiers);
  }

  static DmarcRequest request(AuthorDomains authors, String... identifiers) {
    Optional<SpfInput> spf =
        Arrays.stream(identifiers)
            .filter(i -> i.startsWith("spf="))
            .map(i -> new SpfInput(code(i), domain(i)))
            .findFirst();
    List<DkimInput> dkim =
        Arrays.stream(identifiers)
            .filter(i -> i.startsWith("dkim="))
            .map(i -> new DkimInput(code(i), domain(i), "s1"))
            .toList();
    return new DmarcRequest(authors, spf, dkim);
  }

  private static AuthenticationCode code(String identifier) {
    String word = identifier.substring(identifier.indexOf('=') + 1, identifier.indexOf(':'));
    return AuthenticationCode.of(word).orElseThrow();
  }

  private static String domain(String identifier) {
    return identifier.substring(identifier.indexOf(':') + 1);
  }

  public static DmarcResult evaluate(Resolver dns, String author, String... identifiers) {
    return evaluate(dns, request(author, identifiers));
  }

  static DmarcResult evaluate(Resolver dns, DmarcRequest request) {
    return new DmarcEvaluator(dns, DmarcSettings.DEFAULT, Time.system()).evaluate(request);
  }
}
