package org.thurn.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;

/** A connection of which something was read already, which is read again first. */
final class ReplayedSocket extends ForwardingSocket {
  private final InputStream in;

  /**
   * @param read what was read of {@code socket}
   */
  ReplayedSocket(Socket socket, byte[] read) throws IOException {
    super(socket);
    this.in = new SequenceInputStream(new ByteArrayInputStream(read), socket.getInputStream());
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }
}
