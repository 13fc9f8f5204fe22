package org.thurn.message;

/** What is still being built says so. */
final class Stub {
  private Stub() {}

  @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"})
  static <T> T of(String what) {
    throw new UnsupportedOperationException(what);
  }
}
