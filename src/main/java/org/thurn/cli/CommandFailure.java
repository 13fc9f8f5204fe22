package org.thurn.cli;

/** A command that cannot go on: the exit code, and one sentence for the person. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exit;

  CommandFailure(int exit, String words) {
    super(words);
    this.exit = exit;
  }

  int exit() {
    return exit;
  }
}
