package org.thurn.mailbox;

/** What STORE does to the flags of a message (RFC 9051 §6.4.6). */
public sealed interface FlagChange {
  Flags flags();

  /** The flags after the change. */
  default Flags applyTo(Flags before) {
    return switch (this) {
      case Add(Flags more) -> before.plus(more);
      case Remove(Flags less) -> before.minus(less);
      case Replace(Flags all) -> all;
    };
  }

  /** {@code +FLAGS}. */
  record Add(Flags flags) implements FlagChange {}

  /** {@code -FLAGS}. */
  record Remove(Flags flags) implements FlagChange {}

  /** {@code FLAGS}. */
  record Replace(Flags flags) implements FlagChange {}
}
