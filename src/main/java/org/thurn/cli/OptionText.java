package org.thurn.cli;

import org.thurn.admin.Exit;

/** An option's text that means something which it may fail to be. */
final class OptionText {
  private OptionText() {}

  /** How it is read. */
  interface Reading<T> {
    T read(String text) throws Exception;
  }

  static <T> T read(String option, String text, Reading<T> reading) throws CommandFailure {
    try {
      return reading.read(text);
    } catch (Exception e) {
      throw new CommandFailure(Exit.USAGE, option + " cannot be \"" + text + "\"");
    }
  }
}
