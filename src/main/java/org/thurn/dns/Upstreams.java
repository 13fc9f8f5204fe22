package org.thurn.dns;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.thurn.time.Time;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * The servers that are asked, in turn: the one that last answered first, and after a time-out or a
 * refusal the next. A silent server gets a second chance; one that said SERVFAIL does not.
 */
final class Upstreams {
  private static final int ROUNDS = 2;
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(3);

  private final List<Upstream> servers;
  private final Duration attempt;
  private final AtomicInteger preferred = new AtomicInteger();

  Upstreams(ResolverSettings settings) {
    servers =
        settings.servers().stream().map(s -> new Upstream(s, settings.localAddress())).toList();
    Duration share = settings.timeout().dividedBy((long) ROUNDS * servers.size());
    attempt = share.compareTo(LONGEST_ATTEMPT) < 0 ? share : LONGEST_ATTEMPT;
  }

  /** A reply of NOERROR or NXDOMAIN, and who sent it. */
  record Reply(Message message, String server) {}

  /** None of the servers gave a usable reply; the message says what each said last. */
  static final class NoReply extends IOException {
    NoReply(String message) {
      super(message);
    }
  }

  /** Asks until {@code end}, a reading of the system's ticks. */
  Reply ask(Message query, long end) throws NoReply {
    String trouble = "no time left";
    Set<Integer> refused = new HashSet<>();
    int first = preferred.get();
    for (int turn = 0; turn < ROUNDS * servers.size(); turn++) {
      int index = (first + turn) % servers.size();
      long left = Math.min(attempt.toNanos(), end - Time.system().ticks());
      if (refused.contains(index) || left <= 0) {
        continue;
      }
      Upstream upstream = servers.get(index);
      try {
        Message reply = upstream.exchange(query, Duration.ofNanos(left));
        int rcode = reply.getRcode();
        if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
          preferred.set(index);
          return new Reply(reply, upstream.shown());
        }
        refused.add(index);
        trouble = upstream.shown() + " said " + Rcode.string(rcode);
      } catch (SocketTimeoutException e) {
        trouble = upstream.shown() + " did not answer in " + left / 1_000_000 + " ms";
      } catch (IOException e) {
        trouble = upstream.shown() + ": " + words(e);
      }
    }
    throw new NoReply(trouble);
  }

  /** A port where nobody listens has no message of its own. */
  private static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
