package org.thurn.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** A connection over a Unix-domain socket; its read time-outs are the watchdog's. */
final class UnixConnection extends StreamConnection {
  private static final Endpoint UNIX = new Endpoint(Optional.empty(), 0);

  private final SocketChannel channel;
  private Duration readTimeout = Duration.ZERO;

  UnixConnection(SocketChannel channel, Limits limits) throws IOException {
    super(new Channels(new ChannelInput(channel), new ChannelOutput(channel)), limits);
    this.channel = channel;
  }

  @Override
  public Endpoint remote() {
    return UNIX;
  }

  @Override
  public Endpoint local() {
    return UNIX;
  }

  /** A channel that blocks does not tell. */
  @Override
  boolean hasRawInput() {
    return false;
  }

  @Override
  public void readTimeout(Duration timeout) {
    readTimeout = timeout;
  }

  @Override
  void beforeRead(long leftMillis) {
    long millis = readTimeout.isZero() ? leftMillis : Math.min(readTimeout.toMillis(), leftMillis);
    guard().readWithin(millis);
  }

  @Override
  public Optional<TlsSession> tls() {
    return Optional.empty();
  }

  @Override
  public void startTls(TlsUpgrade upgrade) throws IOException {
    throw new IOException("no TLS on a Unix-domain socket");
  }

  @Override
  void endInput() {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      // the peer was faster: it is closed already
      cutOff();
    }
  }

  @Override
  void cutOff() {
    try {
      channel.close();
    } catch (IOException e) {
      // close has released the descriptor all the same: there is nothing else to do
      return;
    }
  }

  @Override
  public void close() {
    cutOff();
    guard().release();
  }

  /** The channel's own stream adapters share one lock between reads and writes: these do not. */
  private static final class ChannelInput extends InputStream {
    private final SocketChannel channel;

    ChannelInput(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(into, offset, length));
    }
  }

  private static final class ChannelOutput extends OutputStream {
    private final SocketChannel channel;

    ChannelOutput(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(octets, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }
}
