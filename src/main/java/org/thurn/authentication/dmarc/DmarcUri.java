package org.thurn.authentication.dmarc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;

/**
 * Where reports are to be sent: {@code dmarc-uri} of RFC 9989 §4.8.
 *
 * @param text the URI as it stands in the record, without a size
 * @param mailbox whom it names, if it is a {@code mailto:} that we can send to
 * @param maximumSize octets that the receiver wants at most; written before RFC 9989, which has us
 *     ignore it
 */
public record DmarcUri(String text, Optional<Mailbox> mailbox, OptionalLong maximumSize) {
  /** A URI of RFC 3986, in which a comma and an exclamation point must be encoded. */
  private static final Pattern URI =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*+):((?:[A-Za-z0-9._~:/?#\\[\\]@$&'()*+;=-]|%[0-9A-Fa-f]{2})++)");

  /** {@code obs-dmarc-report-size}. Eighteen digits are as many as a long holds. */
  private static final Pattern SIZE = Pattern.compile("(.*)!([0-9]{1,12})([kmgtKMGT]?)");

  private static final Pattern AUTHORITY = Pattern.compile("//(?:[^@/?#]*@)?([^:/?#]++).*");

  /** Parses one URI with or without a size. */
  public static DmarcUri parse(String text) throws DmarcSyntaxException {
    Matcher sized = SIZE.matcher(text);
    boolean hasSize = sized.matches();
    String uri = hasSize ? sized.group(1) : text;
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      throw new DmarcSyntaxException("\"" + Words.of(text) + "\" is no URI");
    }
    OptionalLong size =
        hasSize ? OptionalLong.of(octets(sized.group(2), sized.group(3))) : OptionalLong.empty();
    boolean mail = parts.group(1).equalsIgnoreCase("mailto");
    return new DmarcUri(
        uri, mail ? Optional.of(mailbox(parts.group(2), text)) : Optional.empty(), size);
  }

  private static long octets(String digits, String unit) {
    int power = unit.isEmpty() ? 0 : "kmgt".indexOf(unit.toLowerCase(Locale.ROOT)) + 1;
    long factor = 1L << (10 * power);
    long count = Long.parseLong(digits);
    return count > Long.MAX_VALUE / factor ? Long.MAX_VALUE : count * factor;
  }

  /** RFC 6068; of what may follow a question mark nothing concerns a report. */
  private static Mailbox mailbox(String path, String whole) throws DmarcSyntaxException {
    int end = path.indexOf('?');
    String address = decoded(end < 0 ? path : path.substring(0, end));
    try {
      return Mailbox.parse(address);
    } catch (NameSyntaxException e) {
      throw new DmarcSyntaxException(
          "\""
              + Words.of(whole)
              + "\" names no mailbox: "
              + Words.of(String.valueOf(e.getMessage())));
    }
  }

  private static String decoded(String path) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        octets.write(Integer.parseInt(path, i + 1, i + 3, 16));
        i += 2;
      } else {
        octets.write(c);
      }
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  /** Such as {@code mailto}, in lower case. */
  public String scheme() {
    return text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  /** The domain that would receive: the mailbox's, or the host of the URI's authority. */
  public Optional<DomainName> host() {
    if (mailbox.isPresent()) {
      return mailbox.get().domain().map(DomainName::of);
    }
    Matcher authority = AUTHORITY.matcher(text.substring(text.indexOf(':') + 1));
    return authority.matches() ? DomainName.parse(authority.group(1)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
