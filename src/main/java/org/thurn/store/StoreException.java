package org.thurn.store;

/** The store could not do what was asked; nothing of the update is in it unless UNKNOWN. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** No room: 452 4.3.1 to a client. */
    FULL,
    /** Read-only, or a fault of the disk: 451 4.3.0. */
    FAILED,
    /** The outcome of a commit is not known; look it up by its OpId. */
    UNKNOWN,
    /** The lease is gone: another owner has it. */
    FENCED,
    /** The store is closed. */
    CLOSED
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
