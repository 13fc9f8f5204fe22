package org.thurn.main;

import org.thurn.cli.Thurn;

/** Starts the command line. */
public final class Main {
  private Main() {}

  /** The program. */
  public static void main(String[] arguments) {
    System.exit(Thurn.run(arguments));
  }
}
