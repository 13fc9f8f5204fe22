package org.thurn.access.pop3;

import java.util.Optional;
import java.util.OptionalInt;

/** A command of RFC 1939, RFC 2449, RFC 2595 and RFC 5034; by the state that it belongs to. */
sealed interface Pop3Command {
  /** In every state. */
  sealed interface AnyState extends Pop3Command {}

  /** In the AUTHORIZATION state (RFC 1939 §4). */
  sealed interface Authorization extends Pop3Command {}

  /** In the TRANSACTION state (RFC 1939 §5). */
  sealed interface Transaction extends Pop3Command {}

  record Capa() implements AnyState {}

  record Quit() implements AnyState {}

  record Stls() implements Authorization {}

  record User(String name) implements Authorization {}

  record Pass(String password) implements Authorization {
    @Override
    public String toString() {
      return "PASS";
    }
  }

  /** Without a mechanism it asks for those there are. */
  record Auth(String mechanism, Optional<String> initialResponse) implements Authorization {
    @Override
    public String toString() {
      return "AUTH " + mechanism;
    }
  }

  record Stat() implements Transaction {}

  record ListSizes(OptionalInt message) implements Transaction {}

  record Uidl(OptionalInt message) implements Transaction {}

  record Retr(int message) implements Transaction {}

  /** The header and so many lines of the body. */
  record Top(int message, int lines) implements Transaction {}

  record Dele(int message) implements Transaction {}

  record Noop() implements Transaction {}

  record Rset() implements Transaction {}
}
