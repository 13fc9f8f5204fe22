package org.thurn.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.thurn.store.rocksdb.RocksStoreSettings;

/** What lies where in the state directory, which belongs to its owner alone. */
final class StateFolder {
  private static final int SECRET_OCTETS = 32;

  /** How the mail log's name begins, and that of what logrotate makes of it. */
  static final String LOG = "mail.log";

  private final Path folder;

  private StateFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder if it is new, and closes it to others. */
  static StateFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return new StateFolder(folder);
  }

  /** Where the store of a state directory is. */
  static Path storeIn(Path folder) {
    return folder.resolve("store");
  }

  Path path() {
    return folder;
  }

  /** The store, which takes no new body when less than {@code reserve} octets of disk are free. */
  RocksStoreSettings store(long reserve) {
    RocksStoreSettings usual = RocksStoreSettings.of(storeIn(folder));
    return new RocksStoreSettings(usual.directory(), reserve, usual.bodyMemory(), usual.readers());
  }

  Path log() {
    return folder.resolve(LOG);
  }

  /** A secret of this server alone, drawn at the first start: the salt of unknown users. */
  byte[] secret() throws IOException {
    Path file = folder.resolve("secret");
    if (!Files.exists(file)) {
      byte[] drawn = new byte[SECRET_OCTETS];
      new SecureRandom().nextBytes(drawn);
      Path fresh = folder.resolve("secret.new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(fresh, drawn);
      Files.move(fresh, file);
    }
    return Files.readAllBytes(file);
  }
}
