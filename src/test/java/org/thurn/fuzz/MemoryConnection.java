package org.thurn.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.thurn.net.Connection;
import org.thurn.net.CrlfReader;
import org.thurn.net.Endpoint;
import org.thurn.net.TlsSession;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.FakeTls;

/**
 * A connection whose peer has said everything already. TLS is agreed at once and changes nothing on
 * the wire, but that what was pipelined before it is dropped.
 */
final class MemoryConnection implements Connection {
  private static final int BUFFER = 64 << 10;

  /** A peer that does not read is gone at some time. */
  private static final int MAX_OUTPUT = 16 << 20;

  private final Pieces input;
  private final CrlfReader reader;
  private final Endpoint remote;
  private final Output output = new Output();
  private Optional<TlsSession> tls = Optional.empty();
  private volatile boolean closed;

  MemoryConnection(InetAddress remote, byte[] octets, int piece) {
    this.remote = new Endpoint(Optional.of(remote), 40_000);
    this.input = new Pieces(octets, piece);
    this.reader = new CrlfReader(new UntilClosed(), BUFFER);
  }

  /** What the server said, and whether that was too much to hold. */
  byte[] said() {
    return output.octets.toByteArray();
  }

  boolean isCut() {
    return output.full;
  }

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public Endpoint local() {
    return new Endpoint(Optional.of(InetAddress.getLoopbackAddress()), 2525);
  }

  @Override
  public CrlfReader reader() {
    return reader;
  }

  @Override
  public boolean hasInput() {
    return false; // to a peer that waits for the greeting
  }

  @Override
  public OutputStream out() {
    return output;
  }

  @Override
  public void readTimeout(Duration timeout) {
    // everything is there already
  }

  @Override
  public Optional<TlsSession> tls() {
    return tls;
  }

  @Override
  public void startTls(TlsUpgrade upgrade) {
    reader.switchTo(new UntilClosed());
    tls = Optional.of(new FakeTls("memory", true));
  }

  @Override
  public boolean draining() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class UntilClosed extends InputStream {
    @Override
    public int read() {
      return closed ? -1 : input.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return closed ? -1 : input.read(into, offset, length);
    }
  }

  private static final class Output extends OutputStream {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean full;

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      full |= octets.size() + length > MAX_OUTPUT;
      if (full) {
        throw new IOException("the peer did not read");
      }
      octets.write(from, offset, length);
    }
  }
}
