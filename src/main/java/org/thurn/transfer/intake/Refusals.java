package org.thurn.transfer.intake;

import org.thurn.authentication.inbound.InboundResult;
import org.thurn.smtp.Verdict;
import org.thurn.transfer.policy.Judgement;

/** What a client is told whose message is not taken for its sender's sake. */
final class Refusals {
  /** The reply's line has 512 octets with code and CRLF (RFC 5321 §4.5.3.1.5). */
  private static final int MAX_TEXT = 400;

  private Refusals() {}

  /** RFC 9989 §7.2 for DMARC, RFC 7372 for the others. */
  static Verdict of(Judgement judgement, InboundResult result) {
    String status =
        switch (judgement.rule()) {
          case "spf-fail", "helo-fail", "spf-softfail" -> "5.7.23";
          case "spf-permerror" -> "5.7.24";
          case "dkim-fail" -> "5.7.20";
          case String _ -> "5.7.1";
        };
    String who =
        result
            .dmarc()
            .author()
            .filter(_ -> judgement.rule().equals("dmarc"))
            .map(author -> "The policy of " + author + " refuses this message: ")
            .orElse("This message is not authenticated: ");
    String text = visible(who + judgement.reason());
    return Verdict.reject(550, status, text, judgement.rule() + ": " + judgement.reason());
  }

  static Verdict unclear(Judgement judgement) {
    String text = visible("The sender cannot be authenticated now: " + judgement.reason());
    return Verdict.defer(451, "4.7.1", text, judgement.rule() + ": " + judgement.reason());
  }

  static Verdict early(Judgement judgement) {
    return Verdict.defer(
        451,
        "4.7.1",
        "Greylisted, please try again in some minutes",
        judgement.rule() + ": " + judgement.reason());
  }

  /** In visible ASCII and on one line, whatever a stranger's names hold. */
  static String visible(String text) {
    String line = text.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "..." : line;
  }
}
