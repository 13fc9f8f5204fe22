package org.thurn.authentication.spf;

import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thurn.authentication.spf.MacroString.Escape;
import org.thurn.authentication.spf.MacroString.Expansion;
import org.thurn.authentication.spf.MacroString.Literal;
import org.thurn.authentication.spf.MacroString.Part;
import org.thurn.name.IpAddress;

/** Puts one check's values into macro strings, RFC 7208 §7. */
final class MacroExpander {
  /** More characters than a name may have: what stands left of so many is cut off anyway. */
  private static final int ENOUGH = 256;

  private final SpfRequest request;
  private final SpfSettings settings;
  private final ClientNames names;
  private final Instant now;

  MacroExpander(SpfRequest request, SpfSettings settings, ClientNames names, Instant now) {
    this.request = request;
    this.settings = settings;
    this.names = names;
    this.now = now;
  }

  /**
   * Whether the term can match nobody: RFC 8616 §4 has it so where it would put a local part that
   * is not ASCII into a name.
   */
  boolean matchesNobody(DomainSpec spec) {
    return spec.macro().has(MacroLetter::namesPerson)
        && request.localPart().chars().anyMatch(c -> c >= 0x80);
  }

  /**
   * The name that a term means. Made from its end, since only the end of a long one is used.
   *
   * @param domain {@code <domain>}, in whose record the term stands
   */
  TargetName target(DomainSpec spec, String domain) throws CheckEnded {
    StringBuilder name = new StringBuilder();
    for (Part part : spec.macro().parts().reversed()) {
      name.insert(0, expand(part, domain));
      if (name.length() > ENOUGH) {
        break;
      }
    }
    return TargetName.of(name.toString());
  }

  /** An explanation, RFC 7208 §6.2, cut to its length; what is not visible ASCII becomes "?". */
  String explanation(MacroString explanation, String domain) throws CheckEnded {
    int most = settings.explanationLength();
    StringBuilder text = new StringBuilder();
    for (Part part : explanation.parts()) {
      text.append(expand(part, domain));
      if (text.length() > most) {
        text.setLength(most);
        break;
      }
    }
    return text.toString().replaceAll("[^ -~]", "?");
  }

  private String expand(Part part, String domain) throws CheckEnded {
    return switch (part) {
      case Literal(String text) -> text;
      case Escape escape -> escape.text();
      case Expansion expansion -> {
        String text = transformed(expansion, value(expansion.letter(), domain));
        yield expansion.urlEscaped() ? urlEscaped(text) : text;
      }
    };
  }

  private String value(MacroLetter letter, String domain) throws CheckEnded {
    return switch (letter) {
      case SENDER -> request.sender();
      case LOCAL_PART -> request.localPart();
      case SENDER_DOMAIN -> request.domain();
      case DOMAIN -> domain;
      case IP -> dotted();
      case VALIDATED_NAME -> names.best(domain);
      case FAMILY -> request.client() instanceof Inet4Address ? "in-addr" : "ip6";
      case HELO -> request.helo();
      case CLIENT -> IpAddress.format(request.client());
      case RECEIVER -> settings.receiver().ascii();
      case TIME -> String.valueOf(now.getEpochSecond());
    };
  }

  /** Of IPv6 every half octet is a part (RFC 7208 §7.3). */
  private String dotted() {
    byte[] octets = request.client().getAddress();
    return octets.length == 4
        ? IpAddress.format(request.client())
        : HexFormat.of()
            .withUpperCase()
            .formatHex(octets)
            .chars()
            .mapToObj(digit -> String.valueOf((char) digit))
            .collect(Collectors.joining("."));
  }

  /** Splits, reverses, keeps the right-hand parts and joins by dots (RFC 7208 §7.3). */
  private static String transformed(Expansion expansion, String value) {
    String delimiters = expansion.delimiters().isEmpty() ? "." : expansion.delimiters();
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      if (delimiters.indexOf(value.charAt(i)) >= 0) {
        parts.add(value.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(value.substring(start));
    if (expansion.reversed()) {
      Collections.reverse(parts);
    }
    int kept = expansion.keep() == 0 ? parts.size() : Math.min(expansion.keep(), parts.size());
    return String.join(".", parts.subList(parts.size() - kept, parts.size()));
  }

  /** All but the unreserved characters of RFC 3986 §2.3, as octets of UTF-8. */
  private static String urlEscaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return escaped.toString();
  }
}
