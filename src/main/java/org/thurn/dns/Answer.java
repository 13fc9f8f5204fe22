package org.thurn.dns;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the DNS said to one question.
 *
 * @param name what was asked for
 * @param type of which type
 * @param status how it ended
 * @param security what DNSSEC says of it; BOGUS comes with TEMPORARY_FAILURE and no records
 * @param canonicalName where CNAMEs led, or the name itself
 * @param records the data of that type at the canonical name, in the server's order
 * @param ttl how long it may be used: what is left of the smallest TTL, zero for failures
 * @param server which upstream said it, as address#port, or "cache"
 * @param took how long the question took
 * @param explanation for failures, the reason in words; else empty
 */
public record Answer(
    DnsName name,
    RecordType type,
    Status status,
    Security security,
    DnsName canonicalName,
    List<RecordData> records,
    Duration ttl,
    String server,
    Duration took,
    String explanation) {

  /** How a question ended. */
  public enum Status {
    /** At least one record of the type. */
    FOUND,
    /** The name exists, but not with this type. */
    NO_DATA,
    /** NXDOMAIN. */
    NO_SUCH_NAME,
    /** SERVFAIL, REFUSED, time-out, a bogus signature: ask again later. */
    TEMPORARY_FAILURE
  }

  public Answer {
    records = List.copyOf(records);
  }

  public boolean found() {
    return status == Status.FOUND;
  }

  public boolean failed() {
    return status == Status.TEMPORARY_FAILURE;
  }

  /** The records of one kind. */
  public <R extends RecordData> Stream<R> all(Class<R> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast);
  }
}
