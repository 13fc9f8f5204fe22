package org.thurn.name;

/** Text that is not the name, address or path that it was taken for; the message says why. */
public final class NameSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  public NameSyntaxException(String message) {
    super(message);
  }
}
