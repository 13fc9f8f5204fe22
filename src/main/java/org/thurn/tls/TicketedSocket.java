package org.thurn.tls;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A server's connection whose client is owed tickets. The library sends them with what is written
 * first, and has no room for them beside a whole record: with 16,384 octets it fails. So little is
 * written first.
 */
final class TicketedSocket extends ForwardingSocket {
  /** Half a record; two tickets are well below a thousand octets. */
  private static final int FIRST = 8 << 10;

  private final OutputStream out;

  TicketedSocket(Socket socket) throws IOException {
    super(socket);
    this.out = new LittleFirst(socket.getOutputStream());
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  private static final class LittleFirst extends FilterOutputStream {
    private boolean begun;

    LittleFirst(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
      begun = true;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      int first = begun ? length : Math.min(length, FIRST);
      out.write(octets, offset, first);
      begun |= first > 0;
      if (first < length) {
        out.write(octets, offset + first, length - first);
      }
    }
  }
}
