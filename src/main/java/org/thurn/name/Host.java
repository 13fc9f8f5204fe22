package org.thurn.name;

/** What stands right of the {@code @}: a domain or an address literal (RFC 5321 §4.1.2). */
public sealed interface Host permits Domain, AddressLiteral {
  /** The form that goes on the wire: A-labels, or the literal in its brackets. */
  String ascii();

  /** Parses {@code Domain / address-literal}. */
  static Host parse(String text) throws NameSyntaxException {
    return text.startsWith("[") ? AddressLiteral.parse(text) : Domain.parse(text);
  }
}
