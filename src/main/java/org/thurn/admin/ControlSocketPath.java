package org.thurn.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Where a server's control socket is: {@code control.sock} in its state directory. A Unix-domain
 * address holds about 100 octets, so that a state directory with a long path has its socket in a
 * private folder of the temporary directory, named by a hash of the state's path.
 */
public final class ControlSocketPath {
  private static final int MAX_OCTETS = 100;
  private static final String NAME = "control.sock";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private ControlSocketPath() {}

  /**
   * The socket of the server whose state is {@code state}.
   *
   * @throws IOException if there is no such state, or its private folder is somebody else's
   */
  public static Path of(Path state) throws IOException {
    Path real = state.toRealPath();
    Path socket = real.resolve(NAME);
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_OCTETS) {
      return socket;
    }
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "thurn-" + hash(real));
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      check(folder, real);
    }
    return folder.resolve(NAME);
  }

  /** The same, with its folder made where it is missing. */
  static Path make(Path state) throws IOException {
    Path socket = of(state);
    Path folder = socket.getParent();
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    return socket;
  }

  /** The temporary directory is everybody's: whoever came first could listen in our place. */
  private static void check(Path folder, Path state) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isDirectory()
        || !found.owner().equals(Files.getOwner(state))
        || !found.permissions().equals(OWNER_ONLY)) {
      throw new IOException(
          folder + " is not a folder that only the owner of " + state + " can open");
    }
  }

  private static String hash(Path path) {
    try {
      byte[] octets = path.toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
