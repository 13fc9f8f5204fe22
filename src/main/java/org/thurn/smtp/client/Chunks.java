package org.thurn.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.smtp.Reply;

/**
 * Writes a message by BDAT (RFC 3030 §2), octet for octet: a chunk's length frames it, so nothing
 * in it can end it. Each chunk waits for its reply; after one that is not positive nothing more is
 * sent.
 */
final class Chunks extends OutputStream {
  static final int CHUNK = 256 << 10;

  private final Dialogue dialogue;
  private final OutputStream out;
  private final Timeouts timeouts;
  private final byte[] chunk = new byte[CHUNK];
  private int filled;
  private Optional<Reply> refused = Optional.empty();

  Chunks(Dialogue dialogue, OutputStream out, Timeouts timeouts) {
    this.dialogue = dialogue;
    this.out = out;
    this.timeouts = timeouts;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    int at = offset;
    while (at < offset + length && refused.isEmpty()) {
      if (filled == CHUNK) {
        send("");
        Reply reply = dialogue.read(timeouts.dataBlock(), dialogue.journey());
        refused = reply.code() / 100 == 2 ? Optional.empty() : Optional.of(reply);
      } else {
        int count = Math.min(CHUNK - filled, offset + length - at);
        System.arraycopy(octets, at, chunk, filled, count);
        filled += count;
        at += count;
      }
    }
  }

  private void send(String last) throws IOException {
    String command = "BDAT " + filled + last;
    dialogue.journey().note(new Event.CommandSent(command));
    out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(chunk, 0, filled);
    out.flush();
    filled = 0;
  }

  /** Sends the last chunk; or returns the reply that refused an earlier one. */
  Optional<Reply> finish() throws IOException {
    if (refused.isEmpty()) {
      send(" LAST");
    }
    return refused;
  }
}
