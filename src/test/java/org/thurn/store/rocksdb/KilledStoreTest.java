package org.thurn.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.store.BodyId;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.time.Time;

/** SIGKILL in the middle of the load: what was acknowledged is there, whole. */
class KilledStoreTest {
  private static final int WRITERS = 16;
  private static final int ENOUGH = 1500;
  private static final int LARGE = (1 << 20) + 1;

  @TempDir private Path directory;

  /** The child process: writers that say each acknowledged commit on standard output. */
  static final class Load {
    private Load() {}

    /** Argument: the directory. Runs until it is killed. */
    public static void main(String[] args) throws InterruptedException {
      RocksStore store =
          RocksStore.open(
              RocksStoreSettings.of(Path.of(args[0])), RocksBudget.small(), Time.system());
      for (int i = 0; i < WRITERS; i++) {
        String name = "w" + i;
        Thread.ofVirtual().start(() -> write(store, name));
      }
      Thread.currentThread().join();
    }

    private static void write(RocksStore store, String name) {
      Partition partition = new Partition("account", name);
      for (int n = 1; ; n++) {
        String body =
            n % 50 == 0 ? commitWithBody(store, partition, n) : commit(store, partition, n);
        System.out.print(name + " " + n + " " + body + "\n");
        System.out.flush();
      }
    }

    private static String commit(RocksStore store, Partition partition, int n) {
      Durability durability = n % 3 == 0 ? Durability.RELAXED : Durability.SYNCED;
      store
          .update(
              partition,
              durability,
              txn -> {
                txn.put(("n" + n).getBytes(UTF_8), new byte[500]);
                txn.put(new byte[] {'m'}, ("" + n).getBytes(UTF_8));
                return n;
              })
          .awaitDurable();
      return "-";
    }

    private static String commitWithBody(RocksStore store, Partition partition, int n) {
      try (Staging staging = store.stage(LARGE)) {
        staging.write(new byte[n % 100 == 0 ? LARGE : 5000]);
        try (Staged staged = staging.finish()) {
          store.update(
              partition,
              Durability.SYNCED,
              txn -> {
                txn.put(("n" + n).getBytes(UTF_8), staged.id().text().getBytes(UTF_8));
                txn.put(new byte[] {'m'}, ("" + n).getBytes(UTF_8));
                txn.attach(staged, "h");
                return n;
              });
          return staged.id().text();
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void acknowledgedCommitsOutliveSigkill() throws Exception {
    Map<String, Integer> last = new HashMap<>();
    Map<String, String> bodies = new HashMap<>();
    Process child = start();
    try (Scanner lines = new Scanner(child.getInputStream(), UTF_8)) {
      for (int seen = 0; lines.hasNext(); seen++) {
        if (seen == ENOUGH) {
          // SIGKILL; by its handle, since the Process would close the pipe that still has lines
          child.toHandle().destroyForcibly();
        }
        String[] words = lines.nextLine().split(" ", -1);
        if (words.length == 3 && words[2].matches("-|[0-9a-f]{32}")) { // the last may be torn
          last.put(words[0], Integer.parseInt(words[1]));
          if (words[2].length() == 32) {
            bodies.put(words[2], words[0]);
          }
        }
      }
    }
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(128 + 9);
    assertThat(last).hasSize(WRITERS);
    try (RocksBudget budget = RocksBudget.small();
        RocksStore store =
            RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system())) {
      store.collect();
      last.forEach((name, n) -> check(store, name, n));
      for (String id : bodies.keySet()) {
        try (InputStream in = store.body(new BodyId(id)).orElseThrow().open()) {
          assertThat(in.readAllBytes().length).isIn(5000, LARGE);
        }
      }
    }
  }

  private static void check(RocksStore store, String name, int acknowledged) {
    try (Snapshot snapshot = store.read(new Partition("account", name))) {
      int n = Integer.parseInt(new String(snapshot.get(new byte[] {'m'}).orElseThrow(), UTF_8));
      assertThat(n).isBetween(acknowledged, acknowledged + 1);
      List<Snapshot.Pair> rows = snapshot.scan(new byte[] {'n'}, new byte[] {'o'}, 100_000);
      assertThat(rows).hasSize(n); // each commit whole: the row and the counter
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Load.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
