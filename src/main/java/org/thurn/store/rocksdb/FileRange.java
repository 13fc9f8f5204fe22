package org.thurn.store.rocksdb;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file as a stream. */
final class FileRange extends FilterInputStream {
  private long left;

  private FileRange(InputStream in, long length) {
    super(in);
    left = length;
  }

  static InputStream open(Path file, long offset, long length) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      channel.position(offset);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new FileRange(new BufferedInputStream(Channels.newInputStream(channel)), length);
  }

  @Override
  public int read() throws IOException {
    int octet = left > 0 ? super.read() : -1;
    left -= octet >= 0 ? 1 : 0;
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read = left > 0 ? super.read(into, offset, (int) Math.min(length, left)) : -1;
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(Math.min(n, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, super.available());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
