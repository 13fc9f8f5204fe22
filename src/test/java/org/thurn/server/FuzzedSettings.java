package org.thurn.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** The text of a {@code thurn.toml}: settings, or one mistake with its line. */
public final class FuzzedSettings implements FuzzTarget {
  @Override
  public void take(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    try {
      Settings settings = SettingsReader.parse(text, "thurn.toml", Path.of("/nowhere"));
      Promise.holds(!settings.listeners().isEmpty(), () -> "no listener");
    } catch (SettingsException e) {
      String said = String.valueOf(e.getMessage());
      Promise.holds(said.startsWith("thurn.toml"), () -> "a mistake without its place: " + said);
    }
  }
}
