package org.thurn.transfer.relay;

import java.util.List;
import org.thurn.name.Domain;
import org.thurn.name.DomainPattern;
import org.thurn.name.Host;
import org.thurn.tls.policy.Level;

/**
 * What the administrator demands of TLS, towards destinations that MX records lead to: the first
 * rule that matches, else the general level.
 *
 * @param rules in order
 */
public record TlsLevels(List<Rule> rules, Level otherwise) {
  /** What destinations publish is obeyed, and nothing else is demanded. */
  public static final TlsLevels DEFAULT = new TlsLevels(List.of(), Level.OPPORTUNISTIC);

  public TlsLevels {
    rules = List.copyOf(rules);
  }

  /** The level of some domains. */
  public record Rule(DomainPattern domains, Level level) {
    boolean matches(Host destination) {
      return destination instanceof Domain domain && domains.matches(domain);
    }
  }

  /** The level towards a destination; an address literal only has the general one. */
  public Level of(Host destination) {
    return rules.stream()
        .filter(rule -> rule.matches(destination))
        .map(Rule::level)
        .findFirst()
        .orElse(otherwise);
  }
}
