package org.thurn.authentication.spf;

/** {@code directive = [ qualifier ] mechanism}, RFC 7208 §4.6.1. */
public record Directive(Qualifier qualifier, Mechanism mechanism) implements Term {
  @Override
  public boolean looksUp() {
    return mechanism.looksUp();
  }

  @Override
  public String toString() {
    return qualifier == Qualifier.PASS ? mechanism.toString() : qualifier.sign() + "" + mechanism;
  }
}
