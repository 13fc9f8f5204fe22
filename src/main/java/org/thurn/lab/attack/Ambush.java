package org.thurn.lab.attack;

import java.io.IOException;
import java.net.InetSocketAddress;

/** An attacker in front of one of the lab's own servers: he strips STARTTLS until he is closed. */
public final class Ambush implements AutoCloseable {
  private final Tap tap;

  private Ambush(Tap tap) {
    this.tap = tap;
  }

  /**
   * Lays it.
   *
   * @param server whose clients are to come to him
   * @throws java.net.BindException if the attacker's address is not this machine's
   */
  public static Ambush before(InetSocketAddress server) throws IOException {
    return new Ambush(new Tap(Party.ATTACKER, server, new Tap.Way.Stripping()));
  }

  /** Where clients must come to. */
  public InetSocketAddress address() {
    return tap.address();
  }

  /** All that clients said to him so far. */
  public String heard() {
    return tap.recording().heard();
  }

  @Override
  public void close() throws IOException {
    tap.close();
  }
}
