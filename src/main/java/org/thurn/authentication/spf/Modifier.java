package org.thurn.authentication.spf;

/** {@code name "=" …}, RFC 7208 §6. */
public sealed interface Modifier extends Term {
  /** RFC 7208 §6.1: another domain's record stands in for the rest of this one. */
  record Redirect(DomainSpec target) implements Modifier {
    @Override
    public String toString() {
      return "redirect=" + target;
    }
  }

  /** RFC 7208 §6.2: where the words for a FAIL are. */
  record Explanation(DomainSpec target) implements Modifier {
    @Override
    public String toString() {
      return "exp=" + target;
    }
  }

  /** Any other, which has no effect (RFC 7208 §6) but must be written by the grammar. */
  record Unknown(String name, MacroString value) implements Modifier {
    @Override
    public String toString() {
      return name + "=" + value;
    }
  }

  @Override
  default boolean looksUp() {
    return switch (this) {
      case Redirect _ -> true;
      case Explanation _, Unknown _ -> false;
    };
  }
}
