package org.thurn.authentication.spf;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.dns.DnsName;

/**
 * {@code <target-name>} of RFC 7208 §4.8: a name as macros made it, any octets.
 *
 * @param text without final dot, cut to length
 * @param name the same to ask the DNS for; empty if no name of the DNS is like this
 */
record TargetName(String text, Optional<DnsName> name) {
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;
  private static final Pattern SAID = Pattern.compile("[A-Za-z0-9_.-]{1,253}");
  private static final String ESCAPED = "\"();@$\\";

  static TargetName of(String expanded) {
    String text = shortened(expanded);
    return new TargetName(text, name(text));
  }

  /**
   * What a client says that it or its sender is called: nothing of it is cut off, and it is of
   * letters, digits and hyphens, and of underscores, which some real domains have.
   */
  static TargetName said(String domain) {
    return SAID.matcher(domain).matches()
        ? new TargetName(domain, name(domain))
        : new TargetName(domain, Optional.empty());
  }

  /** Whether it has more than one label, as a domain that is checked must (RFC 7208 §4.3). */
  boolean multiLabel() {
    return text.indexOf('.') > 0;
  }

  /** RFC 7208 §7.3: labels on the left go until there are no more than 253 octets. */
  private static String shortened(String expanded) {
    String text = expanded.endsWith(".") ? expanded.substring(0, expanded.length() - 1) : expanded;
    while (octets(text).length > MAX_NAME && text.indexOf('.') >= 0) {
      text = text.substring(text.indexOf('.') + 1);
    }
    return text;
  }

  private static Optional<DnsName> name(String text) {
    StringBuilder name = new StringBuilder(text.length());
    for (String label : text.split("\\.", -1)) {
      byte[] octets = octets(label);
      if (octets.length == 0 || octets.length > MAX_LABEL) {
        return Optional.empty(); // RFC 7208 §4.3 and §4.8: as if it did not exist
      }
      name.append(name.isEmpty() ? "" : ".");
      for (byte octet : octets) {
        append(octet & 0xff, name);
      }
    }
    // Our names are held with their escapes: one that is too long with them is none of a mail host.
    return name.length() > MAX_NAME ? Optional.empty() : Optional.of(new DnsName(name.toString()));
  }

  /** In master-file form, RFC 1035 §5.1. */
  private static void append(int octet, StringBuilder name) {
    if (octet <= 0x20 || octet >= 0x7f) {
      name.append(String.format(Locale.ROOT, "\\%03d", octet));
    } else {
      name.append(ESCAPED.indexOf(octet) >= 0 ? "\\" : "").append((char) octet);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
