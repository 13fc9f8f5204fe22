package org.thurn.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Stream;
import org.thurn.store.rocksdb.Folders;
import org.thurn.store.rocksdb.RocksStoreSettings;

/** What lies where in the state directory, which belongs to its owner alone. */
final class StateFolder {
  private static final int SECRET_OCTETS = 32;
  private static final String STORE = "store";
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.copyOf(PosixFilePermissions.fromString("----w--w-"));
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.copyOf(PosixFilePermissions.fromString("rwx------"));

  /** How the mail log's name begins, and that of what logrotate makes of it. */
  static final String LOG = "mail.log";

  private final Path folder;

  private StateFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder if it is new, closed to others. One that is there must belong to the user of
   * this process: what root made in another user's folder, that user's server could not open. It is
   * closed to others, too, unless it holds what is not ours: nobody wants {@code /etc} closed. Then
   * only what is made in it is.
   *
   * @throws IOException naming what is wrong with the folder
   */
  static StateFolder open(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      close(folder);
    } else {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Folders.make(parent);
      }
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    Folders.make(folder); // its name is to outlive a power cut, too
    if (!Files.isDirectory(folder.resolve(STORE))) {
      Files.createDirectory(
          folder.resolve(STORE), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    return new StateFolder(folder);
  }

  /** Where the store of a state directory is. */
  static Path storeIn(Path folder) {
    return folder.resolve(STORE);
  }

  private static void close(Path folder) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    boolean forUs = isForUs(folder);
    if (!forUs && permissions.stream().anyMatch(OTHERS_WRITE::contains)) {
      throw new IOException(
          "other users may write to %s (%s), and it holds other things: name a folder of its own"
              .formatted(folder, PosixFilePermissions.toString(permissions)));
    }
    if (!isOurs(folder)) {
      String owner = Files.getOwner(folder).getName();
      throw new IOException(
          "%s belongs to %s: run this as that user, such as with sudo -u %s"
              .formatted(folder, owner, owner));
    }
    if (forUs && !OWNER_ONLY.containsAll(permissions)) {
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
    }
  }

  /** Whether there is nothing in it, or a server's state. */
  private static boolean isForUs(Path folder) throws IOException {
    if (Files.exists(folder.resolve(STORE))) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** Whether what this process makes in the folder has the folder's owner: a trial tells. */
  private static boolean isOurs(Path folder) throws IOException {
    Path trial = Files.createTempFile(folder, ".owner", "");
    try {
      return Files.getAttribute(trial, "unix:uid").equals(Files.getAttribute(folder, "unix:uid"));
    } finally {
      Files.delete(trial);
    }
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
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(drawn)); // so few octets go at once
        channel.force(true);
      }
      Files.move(fresh, file);
      Folders.sync(folder);
    }
    return Files.readAllBytes(file);
  }
}
