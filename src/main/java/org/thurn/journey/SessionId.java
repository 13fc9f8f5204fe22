package org.thurn.journey;

/** One connection, in or out. */
public record SessionId(String text) {
  @Override
  public String toString() {
    return text;
  }
}
