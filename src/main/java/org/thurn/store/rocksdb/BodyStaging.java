package org.thurn.store.rocksdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.thurn.store.BodyId;
import org.thurn.store.Staged;
import org.thurn.store.Staging;

/** A body being written: in memory up to 1 MiB and while the budget lasts, then in a file. */
final class BodyStaging extends Staging {
  private static final int IN_MEMORY = 1 << 20;

  private final Spool spool;
  private final Readers readers;
  private final AtomicLong memory;
  private final long budget;
  private final long limit;
  private final boolean owed;
  private final BodyId id;
  private final MessageDigest digest;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private @Nullable FileChannel file;
  private long size;
  private boolean finished;

  /**
   * @param memory octets of bodies in memory, of the whole store
   * @param budget how many there may be
   * @param limit octets of this body, at the most
   * @param owed whether it may use the disk's reserve
   */
  BodyStaging(
      Spool spool, Readers readers, AtomicLong memory, long budget, long limit, boolean owed) {
    this.spool = spool;
    this.readers = readers;
    this.memory = memory;
    this.budget = budget;
    this.limit = limit;
    this.owed = owed;
    this.id = spool.newId();
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    if (finished) {
      throw new IOException("the body is finished");
    }
    if (length > limit - size) {
      throw new IOException("the body is longer than " + limit + " octets");
    }
    digest.update(octets, offset, length);
    size += length;
    FileChannel channel = file;
    if (channel == null && size <= IN_MEMORY && memory.addAndGet(length) <= budget) {
      buffer.write(octets, offset, length);
      return;
    }
    if (channel == null) {
      memory.addAndGet(size <= IN_MEMORY ? -length : 0);
      channel = spill();
    }
    writeFully(channel, ByteBuffer.wrap(octets, offset, length));
  }

  private FileChannel spill() throws IOException {
    FileChannel channel =
        FileChannel.open(
            spool.incoming(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    file = channel;
    writeFully(channel, ByteBuffer.wrap(buffer.toByteArray()));
    forget();
    return channel;
  }

  private void forget() {
    memory.addAndGet(-buffer.size());
    buffer.reset();
  }

  private static void writeFully(FileChannel channel, ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  @Override
  public Staged finish() throws IOException {
    if (finished) {
      throw new IOException("the body is finished");
    }
    FileChannel channel = file;
    if (channel != null) {
      settle(channel);
    }
    finished = true;
    String hash = HexFormat.of().formatHex(digest.digest());
    BodyHead head = new BodyHead(channel != null, size, hash);
    byte[] octets = channel == null ? buffer.toByteArray() : null;
    return new StagedBody(id, head, octets, spool, memory, owed);
  }

  /** A sync can take long: it blocks a platform thread and only parks a virtual one. */
  private void settle(FileChannel channel) throws IOException {
    try {
      readers.call(
          () -> {
            try (channel) {
              channel.force(true);
              spool.arrive(id);
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (CompletionException e) {
      throw new IOException("the body could not be kept", e);
    }
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    finished = true;
    forget();
    try {
      if (file != null) {
        file.close();
        spool.drop(id);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      spool.settle(id);
    }
  }
}
