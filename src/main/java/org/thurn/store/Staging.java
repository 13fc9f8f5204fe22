package org.thurn.store;

import java.io.OutputStream;

/** Where a body is written. In memory up to 1 MiB, beyond that a spool file. */
public abstract class Staging extends OutputStream {
  /** Ends the body. Must be called once; the stream is closed by it. */
  public abstract Staged finish() throws java.io.IOException;

  /** Closing without {@link #finish} drops what was written. */
  @Override
  public abstract void close();
}
