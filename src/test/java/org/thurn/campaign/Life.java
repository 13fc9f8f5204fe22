package org.thurn.campaign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One life of the server's process: where it listens. */
record Life(int number, int smtp, int submission, int imap) {
  private static final String AT = " 127\\.0\\.0\\.1#(\\d+)";

  static Life of(int number, String greeting) {
    return new Life(
        number, port("smtp", greeting), port("submission", greeting), port("imap", greeting));
  }

  private static int port(String protocol, String greeting) {
    Matcher matcher = Pattern.compile("\\b" + protocol + AT).matcher(greeting);
    if (!matcher.find()) {
      throw new IllegalStateException("no port of " + protocol + " in " + greeting);
    }
    return Integer.parseInt(matcher.group(1));
  }
}
