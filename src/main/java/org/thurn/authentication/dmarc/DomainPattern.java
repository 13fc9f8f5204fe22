package org.thurn.authentication.dmarc;

import java.util.Optional;

/**
 * Some domains: {@code example.com} is that one, {@code *.example.com} all below it, {@code *}
 * every domain.
 *
 * @param domain the one, or above those below; empty for every domain
 * @param below whether the domains below are meant and not the one
 */
public record DomainPattern(Optional<DomainName> domain, boolean below) {
  /**
   * Parses one of the three forms.
   *
   * @throws DmarcSyntaxException if it is none of them
   */
  public static DomainPattern parse(String text) throws DmarcSyntaxException {
    if (text.equals("*")) {
      return new DomainPattern(Optional.empty(), true);
    }
    boolean below = text.startsWith("*.");
    Optional<DomainName> domain = DomainName.parse(below ? text.substring(2) : text);
    if (domain.isEmpty()) {
      throw new DmarcSyntaxException("\"" + Words.of(text) + "\" is neither a domain nor *.domain");
    }
    return new DomainPattern(domain, below);
  }

  /** Whether the name is one of them. */
  public boolean matches(DomainName name) {
    return domain
        .map(d -> below ? !name.equals(d) && name.isWithin(d) : name.equals(d))
        .orElse(true);
  }

  @Override
  public String toString() {
    return domain.map(d -> (below ? "*." : "") + d).orElse("*");
  }
}
