package org.thurn.smtp.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import org.thurn.smtp.Verdict;
import org.thurn.store.StoreException;

/**
 * One message on its way to the receiver: counts it, and goes on counting when it is not wanted any
 * more, since the client can only be told at its end.
 */
final class Reception {
  /** How many times the allowed size is read, and dropped, before the connection is given up. */
  private static final int PATIENCE = 4;

  private final Receiver.Incoming incoming;
  private final OutputStream body;
  private final long maxOctets;
  private long octets;
  private boolean bare;
  private boolean full;

  Reception(Receiver.Incoming incoming, long maxOctets) {
    this.incoming = incoming;
    this.body = incoming.body();
    this.maxOctets = maxOctets;
  }

  /** Thrown when a message past its limit does not end. */
  static final class EndlessMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    EndlessMessageException() {
      super("a message without an end");
    }
  }

  void write(byte[] from, int offset, int length) throws EndlessMessageException {
    octets += length;
    if (isUnwanted()) {
      if (octets / PATIENCE > maxOctets) {
        throw new EndlessMessageException();
      }
      return;
    }
    try {
      body.write(from, offset, length);
    } catch (IOException e) {
      // the receiver has no room: it will say so in its verdict, at the end
      full = true;
    }
  }

  /** A CR or LF of its own was seen. */
  void bareLineEnd() {
    bare = true;
  }

  boolean isTooBig() {
    return octets > maxOctets;
  }

  private boolean isUnwanted() {
    return bare || full || isTooBig();
  }

  long octets() {
    return octets;
  }

  /** The message is complete: what the client is told, once or for each recipient. */
  List<Verdict> finish(int replies) {
    if (bare) {
      incoming.abort();
      return Collections.nCopies(replies, Replies.BARE_IN_MESSAGE);
    }
    if (isTooBig()) {
      incoming.abort();
      return Collections.nCopies(
          replies, new Verdict.Reject(Replies.TOO_BIG, octets + " octets, limit " + maxOctets));
    }
    try {
      List<Verdict> verdicts = incoming.finish();
      if (verdicts.size() != replies) {
        throw new IllegalStateException(verdicts.size() + " verdicts for " + replies + " replies");
      }
      return verdicts;
    } catch (StoreException e) {
      return Collections.nCopies(replies, Stores.verdict(e));
    }
  }

  void abort() {
    incoming.abort();
  }
}
