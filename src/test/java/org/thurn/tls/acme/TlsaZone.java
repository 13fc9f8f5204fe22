package org.thurn.tls.acme;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;

/** One set of TLSA records that a publisher changes and a resolver shows. */
final class TlsaZone implements Resolver, RecordPublisher {
  List<RecordData.Tlsa> records = List.of();
  Duration ttl = Duration.ofMinutes(5);
  boolean silent;
  boolean refusing;

  @Override
  public Answer ask(DnsName name, RecordType type) {
    Answer.Status status =
        silent
            ? Answer.Status.TEMPORARY_FAILURE
            : records.isEmpty() ? Answer.Status.NO_SUCH_NAME : Answer.Status.FOUND;
    return new Answer(
        name,
        type,
        status,
        Security.SECURE,
        name,
        silent ? List.of() : List.copyOf(records),
        ttl,
        "memory",
        Duration.ZERO,
        silent ? "nobody answers" : "");
  }

  @Override
  public void publishText(DnsName name, String text) {
    throw new UnsupportedOperationException("there are TLSA records alone");
  }

  @Override
  public void removeText(DnsName name) {
    throw new UnsupportedOperationException("there are TLSA records alone");
  }

  @Override
  public void publishTlsa(DnsName name, List<RecordData.Tlsa> fresh) throws IOException {
    if (refusing) {
      throw new IOException("REFUSED");
    }
    records = List.copyOf(fresh);
  }
}
