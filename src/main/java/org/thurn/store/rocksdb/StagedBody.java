package org.thurn.store.rocksdb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.thurn.store.BodyId;
import org.thurn.store.Staged;

/** A whole body that no commit names yet: its octets in memory, or in a file in its place. */
final class StagedBody implements Staged {
  private final BodyId id;
  private final BodyHead head;
  private final byte @Nullable [] octets;
  private final Spool spool;
  private final AtomicLong memory;
  private final boolean owed;
  private boolean attached;
  private boolean closed;

  /**
   * @param octets the body, unless it is a file of {@code spool}
   * @param memory what such octets are counted in, until this is closed
   * @param owed whether it may use the disk's reserve
   */
  StagedBody(
      BodyId id,
      BodyHead head,
      byte @Nullable [] octets,
      Spool spool,
      AtomicLong memory,
      boolean owed) {
    this.id = id;
    this.head = head;
    this.octets = octets;
    this.spool = spool;
    this.memory = memory;
    this.owed = owed;
  }

  @Override
  public BodyId id() {
    return id;
  }

  @Override
  public long size() {
    return head.size();
  }

  @Override
  public String sha256() {
    return head.sha256();
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    byte[] inMemory = octets;
    return inMemory == null
        ? FileRange.open(spool.file(id), offset, length)
        : range(inMemory, offset, length);
  }

  static InputStream range(byte[] octets, long offset, long length) {
    int from = (int) Math.min(offset, octets.length);
    return new ByteArrayInputStream(octets, from, (int) Math.min(length, octets.length - from));
  }

  /** Whether it may use the disk's reserve. */
  boolean owed() {
    return owed;
  }

  /** What a commit writes to have this body. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(Family.BODIES, Keys.body(id), head.bytes()));
    if (octets != null) {
      rows.add(new Row(Family.BODIES, Keys.octets(id), octets));
    }
    return rows;
  }

  /** A commit that names it waits in the queue: from now on only the collector removes its file. */
  void attached() {
    attached = true;
  }

  /** The commit ended, well or not. */
  void settled() {
    spool.settle(id);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (octets != null) {
      memory.addAndGet(-octets.length);
    }
    if (!attached) {
      try {
        Files.deleteIfExists(spool.file(id));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        spool.settle(id);
      }
    }
  }
}
