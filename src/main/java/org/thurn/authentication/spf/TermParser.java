package org.thurn.authentication.spf;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;
import org.thurn.net.IpNetwork;

/** The grammar of one term, RFC 7208 §4.6.1, §5 and §6. */
final class TermParser {
  /** {@code name "="} of §6. */
  private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*+)=");

  /** {@code qnum}, RFC 7208 §5.6: no leading zeros. */
  private static final String QNUM = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

  private static final Pattern IP4_NETWORK = Pattern.compile(QNUM + "(?:\\." + QNUM + "){3}");

  private final String term;
  private final int before;

  /** Of a term that stands behind so many characters of its record. */
  TermParser(String term, int before) {
    this.term = term;
    this.before = before;
  }

  Term term() throws SpfSyntaxException {
    Matcher modifier = MODIFIER.matcher(term);
    return modifier.lookingAt() ? modifier(modifier.group(1), modifier.end()) : directive();
  }

  /**
   * {@code redirect / explanation / unknown-modifier}. A known name is never taken for an unknown
   * modifier, whatever its value looks like.
   */
  private Modifier modifier(String name, int valueAt) throws SpfSyntaxException {
    String value = term.substring(valueAt);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "redirect" -> new Modifier.Redirect(DomainSpec.parse(value, before + valueAt));
      case "exp" -> new Modifier.Explanation(DomainSpec.parse(value, before + valueAt));
      default -> new Modifier.Unknown(name, MacroParser.macroString(value, before + valueAt));
    };
  }

  private Directive directive() throws SpfSyntaxException {
    Optional<Qualifier> qualifier = Qualifier.of(term.charAt(0));
    int start = qualifier.isPresent() ? 1 : 0;
    int end = start;
    while (end < term.length() && ":/".indexOf(term.charAt(end)) < 0) {
      end++;
    }
    String name = term.substring(start, end);
    Mechanism mechanism =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "all" -> all(end);
          case "include" -> new Mechanism.Include(required(end, term.length()));
          case "a" -> {
            Cidr cidr = dualCidrLength(end);
            yield new Mechanism.A(optional(end, cidr.start()), cidr.lengths());
          }
          case "mx" -> {
            Cidr cidr = dualCidrLength(end);
            yield new Mechanism.Mx(optional(end, cidr.start()), cidr.lengths());
          }
          case "ptr" -> new Mechanism.Ptr(optional(end, term.length()));
          case "ip4" -> new Mechanism.Ip4(ip4(end));
          case "ip6" -> new Mechanism.Ip6(ip6(end));
          case "exists" -> new Mechanism.Exists(required(end, term.length()));
          default -> throw wrong(start, "no mechanism is named \"" + Words.of(name) + "\"");
        };
    return new Directive(qualifier.orElse(Qualifier.PASS), mechanism);
  }

  private Mechanism all(int end) throws SpfSyntaxException {
    if (end < term.length()) {
      throw wrong(end, "\"all\" takes nothing behind it");
    }
    return new Mechanism.All();
  }

  /** {@code ":" domain-spec}, up to {@code end}. */
  private DomainSpec required(int at, int end) throws SpfSyntaxException {
    if (at == term.length() || term.charAt(at) != ':') {
      throw wrong(at, "\"" + Words.of(term) + "\" lacks \":\" and a domain name");
    }
    return DomainSpec.parse(term.substring(at + 1, end), before + at + 1);
  }

  /** {@code [ ":" domain-spec ]}, up to {@code end}. */
  private Optional<DomainSpec> optional(int at, int end) throws SpfSyntaxException {
    return at == end ? Optional.empty() : Optional.of(required(at, end));
  }

  /** {@code ip4-network [ ip4-cidr-length ]}. */
  private IpNetwork ip4(int at) throws SpfSyntaxException {
    Cidr cidr = cidrLength(at, DualCidr.WHOLE_IP4);
    String digits = network(at, cidr.start());
    if (!IP4_NETWORK.matcher(digits).matches()) {
      throw wrong(at + 1, "\"" + Words.of(digits) + "\" is not an IPv4 address");
    }
    return new IpNetwork(IpAddress.of(digits), cidr.lengths().ip4());
  }

  /** {@code ip6-network [ ip6-cidr-length ]}. */
  private IpNetwork ip6(int at) throws SpfSyntaxException {
    Cidr cidr = cidrLength(at, DualCidr.WHOLE_IP6);
    String digits = network(at, cidr.start());
    String tail = digits.substring(digits.lastIndexOf(':') + 1);
    boolean shaped = digits.indexOf('.') < 0 || IP4_NETWORK.matcher(tail).matches();
    SpfSyntaxException wrong = wrong(at + 1, "\"" + Words.of(digits) + "\" is not an IPv6 address");
    if (digits.indexOf(':') < 0 || !shaped) {
      throw wrong;
    }
    try {
      return new IpNetwork(six(IpAddress.parse(digits)), cidr.lengths().ip6());
    } catch (NameSyntaxException _) {
      throw wrong;
    }
  }

  private String network(int at, int end) throws SpfSyntaxException {
    if (at >= end || term.charAt(at) != ':') {
      throw wrong(at, "\"" + Words.of(term) + "\" lacks \":\" and an address");
    }
    return term.substring(at + 1, end);
  }

  /** Java makes an IPv4 address of an IPv4-mapped one; in ip6 it is one of IPv6 (RFC 7208 §5). */
  private static Inet6Address six(InetAddress address) {
    byte[] octets = address.getAddress();
    byte[] all = octets;
    if (octets.length == 4) {
      all = new byte[16];
      all[10] = (byte) 0xff;
      all[11] = (byte) 0xff;
      System.arraycopy(octets, 0, all, 12, 4);
    }
    try {
      return Inet6Address.getByAddress(null, all, -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // it has 16 octets
    }
  }

  /** What stands at the term's end, and from where on. */
  private record Cidr(DualCidr lengths, int start) {}

  /** {@code [ "/" ip4-cidr-length ] [ "//" ip6-cidr-length ]}; looks no further than {@code at}. */
  private Cidr dualCidrLength(int at) throws SpfSyntaxException {
    int start = term.length();
    int six = DualCidr.WHOLE_IP6;
    int digits = digitsAt(at, start);
    if (digits - 2 >= at && term.startsWith("//", digits - 2)) {
      six = length(digits, start, DualCidr.WHOLE_IP6);
      start = digits - 2;
    }
    int four = DualCidr.WHOLE_IP4;
    digits = digitsAt(at, start);
    if (digits - 1 >= at && term.charAt(digits - 1) == '/') {
      four = length(digits, start, DualCidr.WHOLE_IP4);
      start = digits - 1;
    }
    return new Cidr(new DualCidr(four, six), start);
  }

  /** {@code [ "/" cidr-length ]} of one family. */
  private Cidr cidrLength(int at, int most) throws SpfSyntaxException {
    int end = term.length();
    int digits = digitsAt(at, end);
    if (digits - 1 < at || term.charAt(digits - 1) != '/') {
      return new Cidr(DualCidr.WHOLE, end);
    }
    int length = length(digits, end, most);
    return new Cidr(new DualCidr(length, length), digits - 1);
  }

  /** Where the digits before {@code end} begin; -1 if there are none. */
  private int digitsAt(int at, int end) {
    int start = end;
    while (start > at && term.charAt(start - 1) >= '0' && term.charAt(start - 1) <= '9') {
      start--;
    }
    return start == end ? -1 : start;
  }

  /** {@code "0" / %x31-39 0*2DIGIT}, at most so many bits. */
  private int length(int start, int end, int most) throws SpfSyntaxException {
    String digits = term.substring(start, end);
    boolean written = digits.length() <= 3 && (digits.length() == 1 || digits.charAt(0) != '0');
    if (!written || Integer.parseInt(digits) > most) {
      throw wrong(start, "\"/" + Words.of(digits) + "\" is no length of 0 to " + most + " bits");
    }
    return Integer.parseInt(digits);
  }

  private SpfSyntaxException wrong(int at, String words) {
    return new SpfSyntaxException(before + at + 1, words);
  }
}
