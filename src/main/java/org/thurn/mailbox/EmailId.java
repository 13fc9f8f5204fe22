package org.thurn.mailbox;

/** One message of an account; its copies share it. {@code number} counts up in each account. */
public record EmailId(long number) {
  /** EMAILID of RFC 8474 §5.1 without its parentheses. */
  public String text() {
    return "E" + number;
  }

  @Override
  public String toString() {
    return text();
  }
}
