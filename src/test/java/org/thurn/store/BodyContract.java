package org.thurn.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must do with bodies. */
public abstract class BodyContract {
  protected static final Partition A = new Partition("queue", "a");
  protected static final Partition B = new Partition("account", "b");
  protected static final int LARGE = 3 << 20;

  @TempDir protected Path directory;
  protected Store store;

  protected abstract Store open();

  /** Runs the engine's collector. */
  protected abstract void collect();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected static byte[] octets(int size) {
    byte[] octets = new byte[size];
    new Random(size).nextBytes(octets);
    return octets;
  }

  protected Staged stage(byte[] octets) throws IOException {
    try (Staging staging = store.stage(Long.MAX_VALUE)) {
      for (int at = 0; at < octets.length; at += 8000) {
        staging.write(octets, at, Math.min(8000, octets.length - at));
      }
      return staging.finish();
    }
  }

  protected BodyId attach(byte[] octets, String holder) throws IOException {
    try (Staged staged = stage(octets)) {
      store.update(A, Durability.SYNCED, txn -> attachIn(txn, staged, holder));
      return staged.id();
    }
  }

  protected static boolean attachIn(Txn txn, Staged staged, String holder) {
    txn.attach(staged, holder);
    return true;
  }

  protected void release(Partition partition, BodyId id, String holder) {
    store.update(
        partition,
        Durability.SYNCED,
        txn -> {
          txn.release(id, holder);
          return true;
        });
  }

  protected static byte[] read(Body body, long offset, long length) throws IOException {
    try (InputStream in = body.open(offset, length)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000, 1 << 20, (1 << 20) + 1, LARGE})
  void bodyIsTheSameStagedStoredAndReopened(int size) throws IOException {
    byte[] octets = octets(size);
    BodyId id;
    try (Staged staged = stage(octets)) {
      assertThat(staged.size()).isEqualTo(size);
      assertThat(read(staged, 0, size)).isEqualTo(octets);
      store.update(A, Durability.SYNCED, txn -> attachIn(txn, staged, "h"));
      id = staged.id();
    }
    store.close();
    store = open();
    collect();
    Body body = store.body(id).orElseThrow();
    assertThat(body.size()).isEqualTo(size);
    assertThat(body.sha256()).hasSize(64);
    assertThat(read(body, 0, size)).isEqualTo(octets);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5000, (1 << 20) - 10, 1 << 20, LARGE})
  void headStandsInFrontOfWhatWasWritten(int size) throws IOException, GeneralSecurityException {
    byte[] octets = octets(size);
    byte[] head = "From: a@b.example\r\n\r\n".getBytes(UTF_8);
    byte[] whole = Arrays.copyOf(head, head.length + size);
    System.arraycopy(octets, 0, whole, head.length, size);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole);
    try (Staging staging = store.stage(whole.length)) {
      staging.write(octets);
      try (Staged staged = staging.finish(head)) {
        assertThat(staged.size()).isEqualTo(whole.length);
        assertThat(staged.sha256()).isEqualTo(HexFormat.of().formatHex(hash));
        assertThat(read(staged, 0, whole.length)).isEqualTo(whole);
      }
    }
  }

  @Test
  void headCountsToTheLimit() throws IOException {
    try (Staging staging = store.stage(10)) {
      staging.write(new byte[8]);
      assertThatThrownBy(() -> staging.finish(new byte[3])).isInstanceOf(IOException.class);
    }
  }

  @Test
  void hashIsSha256() throws IOException {
    try (Staged staged = stage("abc".getBytes(UTF_8))) {
      assertThat(staged.sha256())
          .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, LARGE})
  void rangesAreCutOffAtTheEnd(int size) throws IOException {
    byte[] octets = octets(size);
    Body body = store.body(attach(octets, "h")).orElseThrow();
    assertThat(read(body, 10, 20)).isEqualTo(Arrays.copyOfRange(octets, 10, 30));
    assertThat(read(body, size - 3, 100)).isEqualTo(Arrays.copyOfRange(octets, size - 3, size));
    assertThat(read(body, size, 1)).isEmpty();
    assertThat(read(body, size + 7L, 1)).isEmpty();
  }

  @Test
  void limitIsKept() throws IOException {
    try (Staging staging = store.stage(10)) {
      staging.write(new byte[10]);
      assertThatThrownBy(() -> staging.write(1)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, LARGE})
  void bodyThatWasNotAttachedIsGone(int size) throws IOException {
    BodyId id;
    try (Staged staged = stage(octets(size))) {
      id = staged.id();
    }
    assertThat(store.body(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, LARGE})
  void bodyOfAnUpdateThatThrewIsGone(int size) throws IOException {
    BodyId id;
    try (Staged staged = stage(octets(size))) {
      id = staged.id();
      assertThatThrownBy(
              () ->
                  store.update(
                      A,
                      Durability.SYNCED,
                      txn -> {
                        attachIn(txn, staged, "h");
                        throw new IllegalArgumentException("no");
                      }))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(store.body(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, LARGE})
  void bodyLivesUntilItsLastHolderLetsGo(int size) throws IOException {
    BodyId id = attach(octets(size), "queue:1");
    store.update(
        B,
        Durability.RELAXED,
        txn -> {
          txn.hold(id, "account:b/E1");
          return true;
        });
    release(A, id, "queue:1");
    collect();
    assertThat(read(store.body(id).orElseThrow(), 0, size)).isEqualTo(octets(size));
    collect();
    release(B, id, "account:b/E1");
    assertThat(store.body(id)).isPresent();
    collect();
    assertThat(store.body(id)).isEmpty();
  }

  @Test
  void holdThatWaitsForItsSyncCounts() throws IOException {
    BodyId id = attach(octets(100), "queue:1");
    release(A, id, "queue:1");
    Commit<Boolean> held =
        store.update(
            B,
            Durability.RELAXED,
            txn -> {
              txn.hold(id, "account:b/E1");
              return true;
            });
    collect();
    held.awaitDurable();
    assertThat(store.body(id)).isPresent();
  }

  @Test
  void stagedBodyOutlivesACollection() throws IOException {
    try (Staged staged = stage(octets(LARGE))) {
      collect();
      store.update(A, Durability.SYNCED, txn -> attachIn(txn, staged, "h"));
      collect();
      assertThat(read(store.body(staged.id()).orElseThrow(), 0, LARGE)).isEqualTo(octets(LARGE));
    }
  }
}
