package org.thurn.peers;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Where another program says something else, and what RFC 6376 says. */
enum DkimDifference {
  OPENDKIM_CR_ALONE(
      DkimPeer.OPENDKIM,
      "only CRLF ends a line; any other CR is text and is hashed as it stands (§3.4.3, §3.4.4);"
          + " OpenDKIM adds or drops something at it",
      Pattern.compile("(?s).*\r(?!\n).*").asMatchPredicate()),
  OPENDKIM_NO_LAST_CRLF(
      DkimPeer.OPENDKIM,
      "a relaxed body without CRLF at its end gets one (§3.4.4); OpenDKIM refuses it, or forgets"
          + " to take away the white space before it",
      body -> !body.endsWith("\r\n")),
  DKIMPY_SPACE_AT_THE_END(
      DkimPeer.DKIMPY,
      "white space at the end of a line goes (§3.4.4), of the last one too that has no CRLF;"
          + " dkimpy keeps it there",
      body -> body.endsWith(" ") || body.endsWith("\t"));

  private final DkimPeer peer;
  private final String rule;
  private final Predicate<String> where;

  DkimDifference(DkimPeer peer, String rule, Predicate<String> where) {
    this.peer = peer;
    this.rule = rule;
    this.where = where;
  }

  /** What decides. */
  String rule() {
    return rule;
  }

  boolean isOf(DkimPeer other) {
    return peer == other;
  }

  /** The difference that may be expected of a message. */
  static Optional<DkimDifference> of(DkimPeer peer, String message) {
    String body = message.substring(message.indexOf("\r\n\r\n") + 4);
    return Arrays.stream(values())
        .filter(difference -> difference.peer == peer && difference.where.test(body))
        .findFirst();
  }
}
