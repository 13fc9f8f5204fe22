package org.thurn.authentication.spf;

import java.util.List;
import java.util.regex.Pattern;
import org.thurn.name.IpAddress;

/**
 * One generated check.
 *
 * @param client address
 * @param sender as MAIL FROM; empty for the HELO identity
 * @param zone what the DNS has for it, in master-file form
 */
record SpfCase(int number, String client, String sender, String helo, List<String> zone) {
  /** The domain under which all of its names are. */
  String domain() {
    return "c" + number + ".test";
  }

  SpfRequest request() {
    return sender.isEmpty()
        ? SpfRequest.helo(IpAddress.of(client), helo)
        : Checks.request(client, sender, helo);
  }

  /** Whether a TXT record of the case has this in it. */
  boolean mentions(Pattern pattern) {
    return texts().stream().anyMatch(text -> pattern.matcher(text).find());
  }

  /** The TXT records of the case in master-file form. */
  List<String> texts() {
    return zone.stream().filter(line -> line.contains(". TXT ")).toList();
  }
}
