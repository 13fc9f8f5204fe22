package org.thurn.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a server's control socket is: {@code control.sock} in its state directory. A Unix-domain
 * address holds about 100 octets, so that a state directory with a long path has its socket in a
 * private folder of the temporary directory, named by a hash of the state's path.
 */
public final class ControlSocketPath {
  private static final int MAX_OCTETS = 100;

  private ControlSocketPath() {}

  /** The socket of the server whose state is {@code state}; the folder is made, owner only. */
  public static Path of(Path state) throws IOException {
    Path real = state.toRealPath();
    Path socket = real.resolve("control.sock");
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_OCTETS) {
      return socket;
    }
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "thurn-" + hash(real));
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (!Files.getOwner(folder).equals(Files.getOwner(real))) {
      throw new IOException(folder + " belongs to somebody else");
    }
    return folder.resolve("control.sock");
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
