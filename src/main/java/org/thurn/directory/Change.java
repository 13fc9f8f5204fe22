package org.thurn.directory;

/** What became of a change to the directory. */
public sealed interface Change {
  /** Durable, and in force. */
  record Done() implements Change {}

  /** Nothing changed; the reason is for the person who asked. */
  record Refused(String reason) implements Change {}

  default boolean done() {
    return this instanceof Done;
  }
}
