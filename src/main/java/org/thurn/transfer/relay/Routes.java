package org.thurn.transfer.relay;

import java.util.List;
import org.thurn.name.Domain;
import org.thurn.name.Host;

/**
 * Which destination goes which way: the first rule that matches, else the general route.
 *
 * @param rules in order
 * @param otherwise for all other destinations: MX, or a smarthost
 */
public record Routes(List<Rule> rules, Route otherwise) {
  /** Everything as the DNS says. */
  public static final Routes DIRECT = new Routes(List.of(), Route.Mx.INSTANCE);

  public Routes {
    rules = List.copyOf(rules);
  }

  /**
   * The route of one domain.
   *
   * @param subdomains whether what lies below the domain goes the same way
   */
  public record Rule(Domain domain, boolean subdomains, Route route) {
    boolean matches(Host destination) {
      return destination instanceof Domain other
          && (subdomains ? other.isWithin(domain) : other.equals(domain));
    }
  }

  /** The route to {@code destination}; an address literal only has the general one. */
  public Route to(Host destination) {
    return rules.stream()
        .filter(rule -> rule.matches(destination))
        .map(Rule::route)
        .findFirst()
        .orElse(otherwise);
  }
}
