package org.thurn.journal;

/** A block of the journal that cannot be read. The others can. */
final class DamagedBlockException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedBlockException(String what, Throwable cause) {
    super(what, cause);
  }
}
