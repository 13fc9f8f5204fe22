package org.thurn.dns;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.thurn.time.Time;

/** DNS messages on a stream: two octets of length, then the message (RFC 1035 §4.2.2). */
final class TcpFrames {
  private TcpFrames() {}

  /**
   * Reads one message, which must arrive whole within {@code wait}; empty if the peer closed
   * instead of beginning one.
   */
  static Optional<byte[]> read(Socket socket, Duration wait) throws IOException {
    long end = Time.system().ticks() + wait.toNanos();
    byte[] length = new byte[2];
    if (!fill(socket, length, end)) {
      return Optional.empty();
    }
    byte[] message = new byte[(length[0] & 0xff) << 8 | (length[1] & 0xff)];
    if (!fill(socket, message, end)) {
      throw new EOFException("closed before its message");
    }
    return Optional.of(message);
  }

  /** Length and message in one write, so that they travel in one segment (RFC 7766 §8). */
  static void write(Socket socket, byte[] message) throws IOException {
    byte[] frame = new byte[2 + message.length];
    frame[0] = (byte) (message.length >> 8);
    frame[1] = (byte) message.length;
    System.arraycopy(message, 0, frame, 2, message.length);
    socket.getOutputStream().write(frame);
  }

  private static boolean fill(Socket socket, byte[] into, long end) throws IOException {
    InputStream in = socket.getInputStream();
    for (int have = 0; have < into.length; ) {
      long left = (end - Time.system().ticks()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("the message came too slowly");
      }
      socket.setSoTimeout((int) left);
      int got = in.read(into, have, into.length - have);
      if (got < 0) {
        if (have == 0) {
          return false;
        }
        throw new EOFException("closed in the middle of a message");
      }
      have += got;
    }
    return true;
  }
}
