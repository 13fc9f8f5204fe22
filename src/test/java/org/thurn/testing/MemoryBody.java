package org.thurn.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.thurn.store.BodyId;
import org.thurn.store.Staged;
import org.thurn.store.Staging;

/** A body of a {@link MemoryStore}. */
@SuppressWarnings("ArrayRecordComponent")
record MemoryBody(BodyId id, byte[] octets) implements Staged {
  @Override
  public long size() {
    return octets.length;
  }

  @Override
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  @Override
  public InputStream open(long offset, long length) {
    return new ByteArrayInputStream(octets, (int) offset, (int) length);
  }

  @Override
  public void close() {
    // nothing is held
  }

  /** Where it is written. */
  static final class Writer extends Staging {
    private final ByteArrayOutputStream out;
    private final long limit;

    Writer(ByteArrayOutputStream out, long limit) {
      this.out = out;
      this.limit = limit;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      if (out.size() + length > limit) {
        throw new IOException("more than " + limit + " octets");
      }
      out.write(octets, from, length);
    }

    @Override
    public Staged finish(byte[] head) {
      String id = UUID.randomUUID().toString().replace("-", "");
      byte[] whole = Arrays.copyOf(head, head.length + out.size());
      System.arraycopy(out.toByteArray(), 0, whole, head.length, out.size());
      return new MemoryBody(new BodyId(id), whole);
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
