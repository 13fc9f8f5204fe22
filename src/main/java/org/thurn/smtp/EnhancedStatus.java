package org.thurn.smtp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An enhanced status code, RFC 3463: {@code class.subject.detail}. */
public record EnhancedStatus(int category, int subject, int detail) {
  private static final Pattern CODE = Pattern.compile("([245])\\.([0-9]{1,3})\\.([0-9]{1,3})");

  /** For codes that are known to be right. */
  public static EnhancedStatus of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an enhanced status: " + text));
  }

  /** {@code status-code = class "." subject "." detail}, RFC 3463 §2. */
  public static Optional<EnhancedStatus> parse(String text) {
    Matcher code = CODE.matcher(text);
    return code.matches()
        ? Optional.of(
            new EnhancedStatus(
                Integer.parseInt(code.group(1)),
                Integer.parseInt(code.group(2)),
                Integer.parseInt(code.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
