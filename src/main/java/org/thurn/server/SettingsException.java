package org.thurn.server;

/** A mistake in {@code thurn.toml}; the message names the line, the key and what would be right. */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message);
  }
}
