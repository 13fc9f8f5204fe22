package org.thurn.authentication.dmarc;

import java.util.Locale;

/** How organizational domains and policies are found; the words are those of RFC 9990. */
public enum DiscoveryMethod {
  /** By a list of public suffixes, as RFC 7489 had it. */
  PSL,
  /** By records on the way up the tree, RFC 9989 §4.10. */
  TREEWALK;

  /** As reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
