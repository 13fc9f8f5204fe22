package org.thurn.store;

import java.util.regex.Pattern;

/** A stored body: in the order of time, with 80 bits at random, never reused. */
public record BodyId(String text) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  public BodyId {
    if (!HEX.matcher(text).matches()) {
      throw new IllegalArgumentException("not a body id: " + text);
    }
  }
}
