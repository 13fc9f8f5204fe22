package org.thurn.lab;

import java.nio.file.Path;
import java.util.List;

/**
 * What the lab is started with.
 *
 * @param state absolute; everything is kept there between runs
 * @param webPort of the page; 0 lets the system choose
 * @param offset what DNS and the domains' ports are moved by
 * @param zones files of further records in master-file form
 */
public record LabSettings(Path state, int webPort, int offset, List<Path> zones) {
  public LabSettings {
    zones = List.copyOf(zones);
    if (webPort < 0 || webPort > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + webPort);
    }
    if (offset < 0 || offset > 59_000) {
      throw new IllegalArgumentException("an offset is 0 to 59000, not " + offset);
    }
  }

  LabPorts ports() {
    return new LabPorts(offset);
  }
}
