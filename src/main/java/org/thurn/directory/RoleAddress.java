package org.thurn.directory;

import java.util.Locale;
import java.util.Set;
import org.thurn.name.LocalPart;

/** The names that every domain answers to: RFC 2142 §4 and §5, RFC 5321 §4.5.1. */
public final class RoleAddress {
  private static final Set<String> NAMES = Set.of("postmaster", "abuse");

  private RoleAddress() {}

  /** Whether mail to the local part is always taken, in any case of letters. */
  public static boolean is(LocalPart local) {
    return NAMES.contains(local.value().toLowerCase(Locale.ROOT));
  }
}
