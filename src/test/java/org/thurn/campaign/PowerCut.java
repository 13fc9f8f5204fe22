package org.thurn.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A disk that keeps after a kill what was synced, and of the rest what chance gives. */
final class PowerCut implements Disk {
  /** A life that never comes: the disk is honest. */
  static final int NEVER = Integer.MAX_VALUE;

  private final Path shim;
  private final Path root;
  private final Path notes;
  private final Path side;
  private final Random random;
  private final int liesFrom;
  private Synced synced = new Synced();

  /**
   * @param shim the compiled library
   * @param root what is cut back
   * @param work an empty folder beside it, on the same file system
   * @param liesFrom the first life in which a sync does nothing
   */
  PowerCut(Path shim, Path root, Path work, Random random, int liesFrom) throws IOException {
    this.shim = shim;
    this.root = root;
    this.random = random;
    this.liesFrom = liesFrom;
    notes = work.resolve("notes");
    side = work.resolve("side");
    Files.createDirectories(side);
  }

  @Override
  public Map<String, String> environment(int life) throws IOException {
    synced = Synced.all(root);
    Files.deleteIfExists(notes);
    Map<String, String> environment = new HashMap<>();
    environment.put("LD_PRELOAD", shim.toString());
    environment.put("THURN_POWERCUT_ROOT", root.toString());
    environment.put("THURN_POWERCUT_LOG", notes.toString());
    environment.put("THURN_POWERCUT_SIDE", side.toString());
    if (life >= liesFrom) {
      environment.put("THURN_POWERCUT_LIE", "1");
    }
    return environment;
  }

  @Override
  public void killed(int life) throws IOException {
    // none if it was killed before it began: then nothing was synced
    String text = Files.exists(notes) ? Files.readString(notes) : "";
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (!text.isEmpty() && !text.endsWith("\n")) {
      lines.removeLast(); // torn: its sync had not returned
    }
    synced.replay(lines);
    Path fresh = root.resolveSibling(root.getFileName() + ".cut");
    new Remains(synced, root, side, random).build(fresh);
    delete(root);
    Files.move(fresh, root);
    delete(side);
    Files.createDirectories(side);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
