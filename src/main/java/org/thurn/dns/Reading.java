package org.thurn.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What one reply says to the question: where its CNAMEs lead, and what is there. Records that are
 * not on that way are not looked at.
 *
 * @param name where the CNAMEs of this reply end
 * @param records the records asked for at that name, perhaps none
 * @param ttl how long this may be kept
 * @param status how the question ended; TEMPORARY_FAILURE if its CNAMEs go in a circle or too far
 * @param unfinished the server followed the CNAMEs only so far: ask for {@code name}
 */
record Reading(
    Name name, List<Record> records, Duration ttl, Answer.Status status, boolean unfinished) {
  /** A positive answer is kept no longer. */
  static final Duration LONGEST = Duration.ofDays(1);

  /** RFC 2308 §5: one to three hours work well for what does not exist. */
  static final Duration LONGEST_NEGATIVE = Duration.ofHours(3);

  private static final int MAX_CNAMES = 12;

  boolean endless() {
    return status == Answer.Status.TEMPORARY_FAILURE;
  }

  static Reading of(Message reply, Name asked, int type, Instant now) {
    List<RRset> answer = reply.getSectionRRsets(Section.ANSWER);
    Set<Name> seen = new HashSet<>();
    Name name = asked;
    Duration ttl = LONGEST;
    while (seen.add(name) && seen.size() <= MAX_CNAMES) {
      Optional<RRset> wanted = find(answer, name, type);
      if (wanted.isPresent()) {
        Duration life = shorter(ttl, life(wanted.get(), now));
        return new Reading(name, wanted.get().rrs(false), life, Answer.Status.FOUND, false);
      }
      Optional<RRset> alias = find(answer, name, Type.CNAME);
      if (alias.isEmpty()) {
        return negative(reply, asked, name, ttl);
      }
      ttl = shorter(ttl, life(alias.get(), now));
      name = ((CNAMERecord) alias.get().first()).getTarget();
    }
    return new Reading(name, List.of(), Duration.ZERO, Answer.Status.TEMPORARY_FAILURE, false);
  }

  private static Reading negative(Message reply, Name asked, Name name, Duration ttl) {
    Optional<SOARecord> soa =
        reply.getSection(Section.AUTHORITY).stream()
            .filter(SOARecord.class::isInstance)
            .map(SOARecord.class::cast)
            .findFirst();
    boolean noSuchName = reply.getRcode() == Rcode.NXDOMAIN;
    if (!noSuchName && soa.isEmpty() && !name.equals(asked)) {
      return new Reading(name, List.of(), ttl, Answer.Status.NO_DATA, true);
    }
    // RFC 2308 §5: the lesser of the SOA's own TTL and its minimum; without a SOA, not at all.
    Duration life =
        soa.map(s -> Duration.ofSeconds(Math.min(s.getTTL(), s.getMinimum())))
            .orElse(Duration.ZERO);
    Answer.Status status = noSuchName ? Answer.Status.NO_SUCH_NAME : Answer.Status.NO_DATA;
    life = shorter(life, LONGEST_NEGATIVE);
    return new Reading(name, List.of(), shorter(ttl, life), status, false);
  }

  /** The records of a type; one without data, which only an update has, makes it no answer. */
  private static Optional<RRset> find(List<RRset> sets, Name name, int type) {
    return sets.stream()
        .filter(
            s ->
                s.getType() == type
                    && s.getDClass() == DClass.IN
                    && !s.rrs(false).isEmpty()
                    && s.rrs(false).stream().allMatch(r -> r.rdataToWireCanonical().length > 0)
                    && s.getName().equals(name))
        .findFirst();
  }

  /** RFC 4035 §5.3.3: no longer than its signature says and lasts. */
  private static Duration life(RRset set, Instant now) {
    Duration life = Duration.ofSeconds(set.getTTL());
    for (RRSIGRecord signature : set.sigs()) {
      life = shorter(life, Duration.ofSeconds(signature.getOrigTTL()));
      Duration valid = Duration.between(now, signature.getExpire());
      life = valid.isNegative() ? life : shorter(life, valid);
    }
    return life;
  }

  static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
