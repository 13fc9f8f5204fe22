package org.thurn.net;

import java.io.IOException;

/** A peer sends a line that does not end. There is no way to go on with it. */
public final class EndlessLineException extends IOException {
  private static final long serialVersionUID = 1L;

  EndlessLineException() {
    super("a line without an end");
  }
}
