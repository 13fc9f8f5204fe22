package org.thurn.tls.acme;

import java.time.Instant;
import java.util.Optional;

/** An authority could not be asked, or said no; the message is for the administrator. */
public final class AuthorityException extends Exception {
  private static final long serialVersionUID = 1;

  /** Authorities send pages of HTML for words. */
  private static final int MAX_WORDS = 1_000;

  private final transient Optional<Instant> notBefore;

  public AuthorityException(String words, Throwable cause) {
    this(words, Optional.empty(), cause);
  }

  /**
   * @param notBefore when the authority may be asked again, if it said
   */
  public AuthorityException(String words, Optional<Instant> notBefore, Throwable cause) {
    super(clean(words), cause);
    this.notBefore = notBefore;
  }

  public AuthorityException(String words) {
    super(clean(words));
    this.notBefore = Optional.empty();
  }

  private static String clean(String words) {
    String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > MAX_WORDS ? line.substring(0, MAX_WORDS) + "…" : line;
  }

  /** When the authority may be asked again, if it said (RFC 8555 §6.6). */
  public Optional<Instant> notBefore() {
    return notBefore;
  }
}
