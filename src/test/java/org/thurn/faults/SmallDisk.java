package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.thurn.testing.Programs;

/**
 * A file system of its own in a mount namespace of its own, which stays while servers come and go.
 * That needs root.
 */
final class SmallDisk implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path place;
  private final Process holder;

  private SmallDisk(Path place, Process holder) {
    this.place = place;
    this.holder = holder;
  }

  /** Ends the test, unless this is root and may make namespaces. */
  static void require() throws Exception {
    for (String program : List.of("unshare", "nsenter", "mount")) {
      Programs.require(program);
    }
    Programs.Ran ran = Programs.run(LIMIT, "", List.of("unshare", "--mount", "true"));
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(ran.exitCode() == 0, "no namespaces: " + ran.output());
    }
    assertThat(ran.exitCode()).as(ran.output()).isZero();
  }

  /** Mounts so many MiB at a folder, which is made; only {@link #inside} sees it there. */
  static SmallDisk mount(Path place, int mebibytes) throws Exception {
    require();
    Set<PosixFilePermission> closed = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(place, PosixFilePermissions.asFileAttribute(closed));
    String script =
        "mount -t tmpfs -o size=" + mebibytes + "m,mode=700 tmpfs \"$0\" && echo up && exec cat";
    Process holder =
        new ProcessBuilder("unshare", "--mount", "sh", "-c", script, place.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(holder.getInputStream().readNBytes(3)).asString().isEqualTo("up\n");
    return new SmallDisk(place, holder);
  }

  /** Put before a command: it sees the disk. */
  List<String> inside() {
    return List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt", "--");
  }

  /** The same folder, seen from outside. */
  private Path seen() {
    return Path.of("/proc/" + holder.pid() + "/root" + place);
  }

  /** Fills it up to the last octets but these. */
  void fill(long left) throws IOException {
    byte[] block = new byte[1 << 16];
    long free = Files.getFileStore(seen()).getUsableSpace();
    try (var out = Files.newOutputStream(seen().resolve("ballast"))) {
      for (long more = free - left; more > 0; more -= block.length) {
        out.write(block, 0, (int) Math.min(block.length, more));
      }
    }
  }

  void makeRoom() throws IOException {
    Files.delete(seen().resolve("ballast"));
  }

  @Override
  public void close() throws Exception {
    holder.destroy();
    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }
}
