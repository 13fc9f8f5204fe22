package org.thurn.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code thurn --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Thurn.class.getPackage().getImplementationVersion();
    return new String[] {
      "thurn " + (version == null ? "(unpackaged)" : version), "Java " + Runtime.version()
    };
  }
}
