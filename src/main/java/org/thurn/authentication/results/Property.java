package org.thurn.authentication.results;

/**
 * What a method looked at: {@code propspec} of RFC 8601 §2.2.
 *
 * @param ptype in lower case: {@code smtp}, {@code header}, {@code body}, {@code policy}, {@code
 *     dns}; "" where the writer leaves it out (Microsoft's {@code action=none})
 * @param name in lower case, such as {@code mailfrom}
 * @param value without the quotes that its writing may need; may hold anything if it is a
 *     stranger's
 */
public record Property(String ptype, String name, String value) {
  public Property {
    ptype = ptype.isEmpty() ? ptype : Keywords.check(ptype);
    name = Keywords.check(name);
  }
}
