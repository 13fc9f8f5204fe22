package org.thurn.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;

/** What a target says of its parser; cheaper than a test's assertions, since it is said often. */
public final class Promise {
  private Promise() {}

  /** Two values are the same. */
  public static void same(Object expected, Object actual, String what) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(what + ": expected " + expected + " but there is " + actual);
    }
  }

  /** Two arrays hold the same octets. */
  public static void sameOctets(byte[] expected, byte[] actual, String what) {
    if (!Arrays.equals(expected, actual)) {
      HexFormat hex = HexFormat.of();
      throw new AssertionError(
          what + ": " + hex.formatHex(expected) + " became " + hex.formatHex(actual));
    }
  }

  /** Something holds. */
  public static void holds(boolean condition, Supplier<String> what) {
    if (!condition) {
      throw new AssertionError(what.get());
    }
  }
}
