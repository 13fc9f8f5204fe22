package org.thurn.smtp.server;

import java.io.OutputStream;
import java.util.List;
import org.thurn.smtp.Verdict;

/** Where the octets of a chunk go that nobody wants. */
enum Dropped implements Receiver.Incoming {
  INSTANCE;

  @Override
  public OutputStream body() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public List<Verdict> finish() {
    throw new IllegalStateException("nobody wanted this message");
  }

  @Override
  public void abort() {
    // nothing was kept
  }
}
