package org.thurn.tls.mtasts;

import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/**
 * Which hosts a policy allows, RFC 8461 §3.2: one, or those one label below a name.
 *
 * @param wildcard whether {@code *.} stands before the name
 */
public record MxPattern(boolean wildcard, Domain name) {
  private static final String ANY_LABEL = "*.";

  /** One host. */
  public static MxPattern of(Domain host) {
    return new MxPattern(false, host);
  }

  /** {@code sts-policy-mx-value = ["*."] Domain}; the domain is that of RFC 5321 §4.1.2. */
  public static Optional<MxPattern> parse(String text) {
    boolean wildcard = text.startsWith(ANY_LABEL);
    String name = wildcard ? text.substring(ANY_LABEL.length()) : text;
    if (name.endsWith(".") || name.chars().anyMatch(c -> c >= 0x80)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new MxPattern(wildcard, Domain.parse(name)));
    } catch (NameSyntaxException e) {
      return Optional.empty();
    }
  }

  /** RFC 8461 §4.1: the wildcard is the whole leftmost label, and exactly one. */
  public boolean matches(Domain host) {
    return wildcard ? host.parent().filter(name::equals).isPresent() : host.equals(name);
  }

  @Override
  public String toString() {
    return (wildcard ? ANY_LABEL : "") + name.ascii();
  }
}
