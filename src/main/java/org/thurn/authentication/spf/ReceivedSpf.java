package org.thurn.authentication.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.thurn.message.HeaderField;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;

/** The Received-SPF field, RFC 7208 §9.1: a result for whoever reads the message later. */
public final class ReceivedSpf {
  private static final Pattern DOT_ATOM =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+");

  private ReceivedSpf() {}

  /**
   * The field for one result, to be put above the header section.
   *
   * @param receiver the host that checked
   */
  public static HeaderField of(SpfRequest request, SpfResult result, Domain receiver) {
    List<String> pairs = new ArrayList<>();
    pairs.add(pair("client-ip", IpAddress.format(request.client())));
    if (request.identity() == Identity.MAILFROM) {
      // RFC 6532: an address may be in UTF-8; everything else here is ASCII
      pairs.add("envelope-from=" + quoted(request.sender().replaceAll("\\p{Cntrl}", "?")));
    }
    pairs.add(pair("helo", request.helo()));
    pairs.add(pair("receiver", receiver.ascii()));
    pairs.add(pair("identity", request.identity().word()));
    switch (result.outcome()) {
      case PASS, FAIL, SOFTFAIL, NEUTRAL -> pairs.add(pair("mechanism", mechanism(result)));
      case TEMPERROR, PERMERROR -> pairs.add(pair("problem", result.reason()));
      case NONE -> {}
    }
    String comment = comment(receiver.ascii() + ": " + result.reason());
    return HeaderField.of(
        "Received-SPF", result.outcome().word() + " (" + comment + ") " + String.join("; ", pairs));
  }

  private static String mechanism(SpfResult result) {
    return result.match().map(match -> Words.of(match.outermost())).orElse("default");
  }

  /** {@code key "=" ( dot-atom / quoted-string )}. */
  private static String pair(String key, String value) {
    String ascii = ascii(value);
    return key + "=" + (DOT_ATOM.matcher(ascii).matches() ? ascii : quoted(ascii));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String comment(String text) {
    return ascii(text).replaceAll("[()\\\\]", "\\\\$0");
  }

  private static String ascii(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
