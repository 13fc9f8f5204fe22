package org.thurn.authentication.spf;

import java.util.List;

/**
 * What decided a check. Where an include matched, this is the directive inside that did, and the
 * outcome is that of the first {@code include} of {@code via}.
 *
 * @param directive that matched
 * @param domain in whose record it stands
 * @param via by which includes and redirects that record was reached, outermost first
 * @param detail which name or address of the DNS matched, in words; empty if it needed none
 */
public record Match(Directive directive, String domain, List<Via> via, String detail) {
  public Match {
    via = List.copyOf(via);
  }

  /** The directive of the checked domain's own record, or of the one it redirects to. */
  public Directive outermost() {
    return via.stream()
        .map(Via::term)
        .filter(Directive.class::isInstance)
        .map(Directive.class::cast)
        .findFirst()
        .orElse(directive);
  }
}
