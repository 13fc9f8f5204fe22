package org.thurn.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.campaign.Attempt.Addressee;
import org.thurn.campaign.Attempt.Kind;

/** The delivery status notifications that our own accounts got (RFC 3464). */
final class Notices {
  private static final Pattern ABOUT =
      Pattern.compile("(?mi)^In-Reply-To:\\s*<(\\S+)@campaign\\.example>");
  private static final Pattern RECIPIENT =
      Pattern.compile("(?mi)^Final-Recipient: rfc822; (\\S+)\\s+^Action: (\\S+)");

  private final Map<String, Attempt> attempts;
  private final Findings findings;
  private final Map<String, Integer> told = new HashMap<>();

  Notices(Map<String, Attempt> attempts, Findings findings) {
    this.attempts = attempts;
    this.findings = findings;
  }

  /** Takes one in, whole. */
  void read(String message) {
    Matcher about = ABOUT.matcher(message);
    Matcher recipient = RECIPIENT.matcher(message);
    if (!about.find() || !recipient.find()) {
      findings.add(
          "a message that nobody sent: " + message.substring(0, Math.min(400, message.length())));
      return;
    }
    do {
      told.merge(
          about.group(1) + " " + recipient.group(1) + " " + recipient.group(2), 1, Integer::sum);
    } while (recipient.find());
  }

  /** Whether each account was told what it had to be, once. */
  void account() {
    Map<String, Integer> left = new HashMap<>(told);
    for (Attempt attempt : attempts.values()) {
      if (Campaign.ACCOUNTS.contains(attempt.sender)) {
        attempt.to.forEach(to -> account(attempt, to, left));
      }
    }
    left.forEach((what, times) -> findings.add("told unasked, " + times + " times: " + what));
  }

  private void account(Attempt attempt, Addressee to, Map<String, Integer> left) {
    String action = action(attempt, to);
    if (!action.isEmpty()) {
      int times = left.getOrDefault(attempt.id + " " + to.address() + " " + action, 0);
      left.remove(attempt.id + " " + to.address() + " " + action);
      findings.check(
          times <= (attempt.possible() ? 1 : 0) && times >= (attempt.acknowledged() ? 1 : 0),
          attempt + ": told " + times + " times of " + to.address() + " " + action);
    }
  }

  /** What the sender must be told of a recipient; nothing if nothing. */
  private static String action(Attempt attempt, Addressee to) {
    if (attempt.id.startsWith("append-")) {
      return "";
    }
    boolean success = to.wants("SUCCESS");
    if (to.kind() == Kind.LOCAL) {
      return success ? "delivered" : "";
    }
    if (to.kind() == Kind.REFUSED_THERE) {
      return to.wishes().isEmpty() || to.wants("FAILURE") ? "failed" : "";
    }
    return success ? "relayed" : "";
  }
}
