package org.thurn.authentication.dmarc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/**
 * A list of public suffixes in the form of publicsuffix.org: one rule a line, {@code *.} for any
 * label, {@code !} for an exception. We ship none. Both its parts count, the registries' and the
 * private one, as RFC 7489 §3.2 did not part them.
 */
public final class PublicSuffixes {
  /** The list of 2026 has some 10,000; a file with more is not such a list. */
  static final int MAX_RULES = 200_000;

  /** The list of 2026 has 330 KB. */
  private static final int MAX_OCTETS = 16 << 20;

  private static final int MAX_LINE = 1_000;

  private final Set<String> plain = new HashSet<>();
  private final Set<String> wildcards = new HashSet<>();
  private final Set<String> exceptions = new HashSet<>();

  private PublicSuffixes() {}

  /**
   * Reads a list in UTF-8.
   *
   * @throws IOException if it cannot be read, or a line is no rule
   */
  public static PublicSuffixes load(Path file) throws IOException {
    PublicSuffixes suffixes = new PublicSuffixes();
    if (Files.size(file) > MAX_OCTETS) {
      throw new IOException(file + " is larger than " + MAX_OCTETS + " octets");
    }
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      try {
        suffixes.add(line);
      } catch (NameSyntaxException e) {
        throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
      }
    }
    if (suffixes.size() == 0) {
      throw new IOException(file + " holds no rule");
    }
    return suffixes;
  }

  private void add(String line) throws NameSyntaxException {
    if (line.length() > MAX_LINE && !line.startsWith("//")) {
      throw new NameSyntaxException("a line of " + line.length() + " characters is no rule");
    }
    String rule = line.strip().split("\\s", 2)[0]; // a rule ends at white space
    if (rule.isEmpty() || rule.startsWith("//")) {
      return;
    }
    if (size() == MAX_RULES) {
      throw new NameSyntaxException("more than " + MAX_RULES + " rules");
    }
    if (rule.startsWith("!")) {
      exceptions.add(Domain.parse(rule.substring(1)).ascii());
    } else if (rule.startsWith("*.")) {
      wildcards.add(Domain.parse(rule.substring(2)).ascii());
    } else {
      plain.add(Domain.parse(rule).ascii());
    }
  }

  /** How many rules there are. */
  public int size() {
    return plain.size() + wildcards.size() + exceptions.size();
  }

  /**
   * How many labels of it are public; 1 where no rule matches, since the default rule is {@code *}.
   */
  private int publicLabels(DomainName domain) {
    int labels = domain.labels();
    int most = 1;
    for (int count = 1; count <= labels; count++) {
      String suffix = domain.rightmost(count).text();
      if (exceptions.contains(suffix)) {
        return count - 1; // an exception prevails over all others
      }
      String parent = count == 1 ? "" : domain.rightmost(count - 1).text();
      if (plain.contains(suffix) || wildcards.contains(parent)) {
        most = count;
      }
    }
    return most;
  }

  /** The suffix and one label more; empty if the domain is itself a public suffix. */
  public Optional<DomainName> registrable(DomainName domain) {
    int count = publicLabels(domain) + 1;
    return domain.labels() < count ? Optional.empty() : Optional.of(domain.rightmost(count));
  }

  /** The organizational domain by RFC 7489 §3.2: that, or a public suffix itself. */
  public DomainName organizationalDomain(DomainName domain) {
    return registrable(domain).orElse(domain);
  }
}
