package org.thurn.smtp.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The service extensions that this client makes use of, by their EHLO keyword. */
public enum Extension {
  PIPELINING("PIPELINING"),
  STARTTLS("STARTTLS"),
  AUTH("AUTH"),
  SIZE("SIZE"),
  EIGHT_BIT_MIME("8BITMIME"),
  BINARY_MIME("BINARYMIME"),
  CHUNKING("CHUNKING"),
  SMTP_UTF8("SMTPUTF8"),
  DSN("DSN"),
  REQUIRE_TLS("REQUIRETLS"),
  ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES"),
  LIMITS("LIMITS");

  private final String keyword;

  Extension(String keyword) {
    this.keyword = keyword;
  }

  /** As EHLO says it. */
  public String keyword() {
    return keyword;
  }

  /** Keywords are compared without regard to case, RFC 5321 §4.1.1.1. */
  static Optional<Extension> of(String keyword) {
    String upper = keyword.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(e -> e.keyword.equals(upper)).findFirst();
  }
}
