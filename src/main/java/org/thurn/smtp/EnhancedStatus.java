package org.thurn.smtp;

import java.util.Optional;

/** An enhanced status code, RFC 3463: {@code class.subject.detail}. */
public record EnhancedStatus(int category, int subject, int detail) {
  /** For codes that are known to be right. */
  public static EnhancedStatus of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an enhanced status: " + text));
  }

  /** {@code status-code = class "." subject "." detail}, RFC 3463 §2. */
  public static Optional<EnhancedStatus> parse(String text) {
    String[] parts = text.split("\\.", -1);
    boolean shaped = parts.length == 3 && parts[0].matches("[245]");
    shaped = shaped && parts[1].matches("[0-9]{1,3}") && parts[2].matches("[0-9]{1,3}");
    return shaped
        ? Optional.of(
            new EnhancedStatus(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
