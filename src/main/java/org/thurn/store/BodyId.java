package org.thurn.store;

/** A stored body: random, never reused. */
public record BodyId(String text) {
  public BodyId {
    if (!text.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("not a body id: " + text);
    }
  }
}
