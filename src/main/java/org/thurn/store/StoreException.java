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

  /**
   * What a file's failure means: FULL if the disk or a quota is, else FAILED. Java tells the two
   * apart by the system's words alone.
   */
  public static Kind kindOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException known) {
        return known.isFull() ? Kind.FULL : known.kind();
      }
      String words = String.valueOf(cause.getMessage());
      if (words.contains("No space left on device") || words.contains("Disk quota exceeded")) {
        return Kind.FULL;
      }
    }
    return Kind.FAILED;
  }

  /** Whether there was no room, be the outcome known or not. */
  public boolean isFull() {
    return kind == Kind.FULL || (getCause() instanceof StoreException cause && cause.isFull());
  }

  public Kind kind() {
    return kind;
  }
}
