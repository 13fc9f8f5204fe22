package org.thurn.store;

import java.io.IOException;
import java.io.OutputStream;

/** Where a body is written. In memory up to 1 MiB, beyond that a spool file. */
public abstract class Staging extends OutputStream {
  /** Ends the body. Must be called once; the stream is closed by it. */
  public final Staged finish() throws IOException {
    return finish(new byte[0]);
  }

  /**
   * Ends the body with octets in front of those that were written: what a message's header tells of
   * its body is known only when the body was seen. Must be called once; the stream is closed by it.
   */
  public abstract Staged finish(byte[] head) throws IOException;

  /** Closing without {@link #finish} drops what was written. */
  @Override
  public abstract void close();
}
