package org.thurn.cli;

import java.io.IOException;
import java.util.List;

/** A person's browser, where there is one. */
final class Browser {
  private static final List<String> OPENERS = List.of("xdg-open", "open");

  private Browser() {}

  /** Opens the page; without a desktop nothing happens, and the address was printed anyway. */
  static void open(String page) {
    boolean desktop =
        System.getenv("DISPLAY") != null
            || System.getenv("WAYLAND_DISPLAY") != null
            || System.getProperty("os.name", "").startsWith("Mac");
    boolean opened = !desktop;
    for (int i = 0; !opened && i < OPENERS.size(); i++) {
      opened = start(OPENERS.get(i), page);
    }
  }

  private static boolean start(String opener, String page) {
    try {
      new ProcessBuilder(opener, page)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false; // this opener is not installed: the next may be
    }
  }
}
