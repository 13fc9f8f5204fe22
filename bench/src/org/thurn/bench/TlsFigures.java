package org.thurn.bench;

import java.util.List;
import org.thurn.bench.TlsPeer.Offer;
import org.thurn.bench.TlsVisit.Way;

/** What was measured of TLS. */
record TlsFigures(List<Passed> passed, List<Held> held) {
  /**
   * Many connections, each with a whole handshake.
   *
   * @param offer of the client; without TLS it offers nothing
   * @param agreed version and group
   * @param perSecond connections a second
   * @param millis the server's processor time for each
   * @param others cores in use by others meanwhile
   */
  record Passed(
      String server,
      Way way,
      Offer offer,
      String agreed,
      double perSecond,
      double millis,
      double others) {
    boolean disturbed() {
      return others > Others.LIMIT;
    }
  }

  /**
   * Connections that wait after their greeting.
   *
   * @param before MiB before the first
   * @param after MiB when all were there
   * @param collected MiB when a JVM had been asked to collect what the handshakes left behind
   */
  record Held(
      String server, Way way, int connections, double before, double after, double collected) {
    double kibEach() {
      return (after - before) * 1024 / connections;
    }

    double kibCollected() {
      return (collected - before) * 1024 / connections;
    }
  }
}
