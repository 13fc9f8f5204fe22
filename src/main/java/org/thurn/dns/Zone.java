package org.thurn.dns;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * One zone as it is at one moment (RFC 1034 §4.2): its sets by owner, in canonical order, so that
 * the next name of an NSEC record is the next key. Does not change; a change makes a new one.
 */
final class Zone {
  private final Name origin;
  private final NavigableMap<Name, Map<Integer, RRset>> nodes = new TreeMap<>();
  private final NavigableSet<Name> chain = new TreeSet<>();
  private final Optional<ZoneSigner> signer;
  private final SOARecord soa;

  /**
   * Sorts the records.
   *
   * @param records all of its records, DNSKEY, DS and NS at its cuts included, no RRSIG and no NSEC
   * @throws ZoneSyntaxException if the SOA is missing, or a CNAME has company (RFC 1034 §3.6.2)
   */
  Zone(Name origin, Collection<Record> records, Optional<ZoneSigner> signer)
      throws ZoneSyntaxException {
    this.origin = origin;
    this.signer = signer;
    for (Record record : records) {
      nodes
          .computeIfAbsent(record.getName(), name -> new TreeMap<>())
          .computeIfAbsent(record.getType(), type -> new RRset())
          .addRR(record);
    }
    for (Map.Entry<Name, Map<Integer, RRset>> node : nodes.entrySet()) {
      RRset alias = node.getValue().get(Type.CNAME);
      if (alias != null && (node.getValue().size() > 1 || alias.size() > 1)) {
        throw new ZoneSyntaxException(node.getKey() + " has a CNAME and other records");
      }
      // Glue and whatever else lies below a cut has no NSEC (RFC 4035 §2.3).
      if (cut(node.getKey()).map(node.getKey()::equals).orElse(true)) {
        chain.add(node.getKey());
      }
    }
    this.soa =
        set(origin, Type.SOA)
            .map(set -> (SOARecord) set.first())
            .orElseThrow(() -> new ZoneSyntaxException("zone " + origin + " has no SOA"));
  }

  Name origin() {
    return origin;
  }

  boolean signed() {
    return signer.isPresent();
  }

  Optional<RRset> set(Name owner, int type) {
    return Optional.ofNullable(nodes.getOrDefault(owner, Map.of()).get(type));
  }

  /** Any one set of the owner, for a question of type ANY (RFC 8482 §4.1). */
  Optional<RRset> anySet(Name owner) {
    return nodes.getOrDefault(owner, Map.of()).values().stream().findFirst();
  }

  /** Whether the name exists: it has records, or a name below it has (RFC 4592 §2.2.2). */
  boolean exists(Name name) {
    Name next = nodes.ceilingKey(name);
    return next != null && next.subdomain(name);
  }

  /** The highest delegation on the way from the origin to the name, the name itself included. */
  Optional<Name> cut(Name name) {
    return IntStream.range(0, name.labels() - origin.labels())
        .mapToObj(above -> new Name(name, name.labels() - origin.labels() - 1 - above))
        .filter(ancestor -> set(ancestor, Type.NS).isPresent())
        .findFirst();
  }

  /** The longest existing ancestor of a name that does not exist (RFC 4592 §3.3.1). */
  Name closestEncloser(Name name) {
    Name above = new Name(name, 1);
    while (!exists(above)) {
      above = new Name(above, 1);
    }
    return above;
  }

  /** The NSEC record of the name, or the one whose span covers it (RFC 4034 §4). */
  Optional<RRset> nsec(Name name) {
    if (signer.isEmpty()) {
      return Optional.empty();
    }
    // The origin is the first name of the chain, so there is always one at or before.
    Name owner = Optional.ofNullable(chain.floor(name)).orElse(origin);
    Name next = Optional.ofNullable(chain.higher(owner)).orElse(origin);
    NSECRecord nsec = new NSECRecord(owner, DClass.IN, negativeTtl(), next, types(owner));
    return Optional.of(withSignature(new RRset(nsec)));
  }

  /** The set with its signature if the zone is signed; not for what lies at or below a cut. */
  RRset withSignature(RRset plain) {
    return signer.map(s -> s.sign(plain)).orElse(plain);
  }

  /** The SOA for a negative answer, its TTL as RFC 2308 §3 has it. */
  RRset soaForDenial() {
    SOARecord short_ =
        new SOARecord(
            origin,
            DClass.IN,
            negativeTtl(),
            soa.getHost(),
            soa.getAdmin(),
            soa.getSerial(),
            soa.getRefresh(),
            soa.getRetry(),
            soa.getExpire(),
            soa.getMinimum());
    RRset set = new RRset(short_);
    // Its signature is that of the set itself: the original TTL, which validators restore.
    withSignature(new RRset(soa)).sigs().forEach(set::addRR);
    return set;
  }

  private long negativeTtl() {
    return Math.min(soa.getTTL(), soa.getMinimum());
  }

  private int[] types(Name owner) {
    Stream<Integer> types = nodes.getOrDefault(owner, Map.of()).keySet().stream();
    if (cut(owner).isPresent()) {
      types = types.filter(type -> type == Type.NS || type == Type.DS);
    }
    return Stream.concat(types, Stream.of(Type.RRSIG, Type.NSEC))
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
