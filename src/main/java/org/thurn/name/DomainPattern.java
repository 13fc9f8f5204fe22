package org.thurn.name;

/**
 * Some domains, as an administrator names them: {@code example.com} is that one, {@code
 * *.example.com} all below it.
 *
 * @param below whether what lies below the domain is meant, and not the domain itself
 */
public record DomainPattern(Domain domain, boolean below) {
  private static final String ALL_BELOW = "*.";

  /**
   * Parses one of the two forms; the domain may be in U-labels.
   *
   * @throws NameSyntaxException if it is neither
   */
  public static DomainPattern parse(String text) throws NameSyntaxException {
    return text.startsWith(ALL_BELOW)
        ? new DomainPattern(Domain.parse(text.substring(ALL_BELOW.length())), true)
        : new DomainPattern(Domain.parse(text), false);
  }

  /** Whether the domain is one of them. */
  public boolean matches(Domain other) {
    return below ? other.isWithin(domain) && !other.equals(domain) : other.equals(domain);
  }

  @Override
  public String toString() {
    return below ? ALL_BELOW + domain : domain.ascii();
  }
}
