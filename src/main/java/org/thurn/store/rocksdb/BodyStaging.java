package org.thurn.store.rocksdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
  private static final int COPY = 64 << 10;

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
    append(channel, octets, offset, length);
  }

  private FileChannel spill() throws IOException {
    FileChannel channel = create(spool.incoming(id));
    file = channel;
    append(channel, buffer.toByteArray(), 0, buffer.size());
    forget();
    return channel;
  }

  private static FileChannel create(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void forget() {
    memory.addAndGet(-buffer.size());
    buffer.reset();
  }

  private void append(FileChannel channel, byte[] octets, int offset, int length)
      throws IOException {
    digest.update(octets, offset, length);
    ByteBuffer rest = ByteBuffer.wrap(octets, offset, length);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  @Override
  public Staged finish(byte[] head) throws IOException {
    if (finished) {
      throw new IOException("the body is finished");
    }
    if (head.length > limit - size) {
      throw new IOException("the body is longer than " + limit + " octets");
    }
    size += head.length;
    if (file == null && size > IN_MEMORY) {
      spill();
    }
    return file == null ? inMemory(head) : inFile(file, head);
  }

  private Staged inMemory(byte[] head) {
    byte[] whole = Arrays.copyOf(head, (int) size);
    System.arraycopy(buffer.toByteArray(), 0, whole, head.length, buffer.size());
    memory.addAndGet(head.length);
    return ended(whole);
  }

  /** A sync can take long: it blocks a platform thread and only parks a virtual one. */
  private Staged inFile(FileChannel channel, byte[] head) throws IOException {
    try {
      readers.call(
          () -> {
            try (channel) {
              settle(channel, head);
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (CompletionException e) {
      throw new IOException("the body could not be kept", e);
    }
    return ended(null);
  }

  private void settle(FileChannel written, byte[] head) throws IOException {
    if (head.length == 0) {
      written.force(true);
      spool.arrive(spool.incoming(id), id);
      return;
    }
    digest.reset(); // the head comes first
    try (FileChannel whole = create(spool.headed(id));
        InputStream body = Files.newInputStream(spool.incoming(id))) {
      append(whole, head, 0, head.length);
      byte[] some = new byte[COPY];
      for (int n = body.read(some); n >= 0; n = body.read(some)) {
        append(whole, some, 0, n);
      }
      whole.force(true);
    }
    Files.delete(spool.incoming(id));
    spool.arrive(spool.headed(id), id);
  }

  /**
   * @param octets the body, unless it is a file
   */
  private Staged ended(byte @Nullable [] octets) {
    finished = true;
    if (octets != null) {
      digest.update(octets);
    }
    BodyHead head = new BodyHead(octets == null, size, HexFormat.of().formatHex(digest.digest()));
    return new StagedBody(id, head, octets, spool, memory, owed);
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
