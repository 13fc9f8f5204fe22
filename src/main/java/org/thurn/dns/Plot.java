package org.thurn.dns;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** What a zone is made from, before its delegations and keys are put in: a tree's own copy. */
final class Plot {
  static final long TTL = 300;

  /** How long "no" is believed: short, since the tree's people change it and look again. */
  private static final long NEGATIVE_TTL = 60;

  private final Name origin;
  private final Optional<ZoneKey> key;
  private final Set<Record> records = new LinkedHashSet<>();

  Plot(Name origin, Optional<ZoneKey> key) {
    this.origin = origin;
    this.key = key;
  }

  Name origin() {
    return origin;
  }

  Optional<ZoneKey> key() {
    return key;
  }

  void add(Record record) {
    if (record.getType() == Type.SOA) {
      remove(record.getName(), Type.SOA);
    }
    records.add(record);
  }

  void remove(Name owner, int type) {
    records.removeIf(record -> record.getName().equals(owner) && record.getType() == type);
  }

  boolean has(Name owner, int type) {
    return records.stream().anyMatch(r -> r.getName().equals(owner) && r.getType() == type);
  }

  boolean has(Name owner) {
    return records.stream().anyMatch(r -> r.getName().equals(owner));
  }

  Set<Record> set(Name owner, int type) {
    return records.stream()
        .filter(r -> r.getName().equals(owner) && r.getType() == type)
        .collect(Collectors.toSet());
  }

  Set<Record> records() {
    return Set.copyOf(records);
  }

  /** Removes this one, whatever its TTL. */
  void remove(Record record) {
    records.removeIf(record::equals);
  }

  /** Removes every set of the name but those of some types. */
  void removeAll(Name owner, Set<Integer> but) {
    records.removeIf(r -> r.getName().equals(owner) && !but.contains(r.getType()));
  }

  Plot copy() {
    Plot copy = new Plot(origin, key);
    copy.records.addAll(records);
    return copy;
  }

  /** Hands over what belongs to a new zone inside this one. */
  void moveBelow(Name apex, Plot own) {
    records.removeIf(
        record -> {
          boolean moves = record.getName().subdomain(apex) && record.getType() != Type.DS;
          if (moves) {
            own.records.add(record);
          }
          return moves;
        });
  }

  /** The NS records of its apex: its own, or the tree's server. */
  Set<Record> servers(Name server) {
    Set<Record> servers = new LinkedHashSet<>();
    records.stream()
        .filter(r -> r.getType() == Type.NS && r.getName().equals(origin))
        .forEach(servers::add);
    if (servers.isEmpty()) {
      servers.add(new NSRecord(origin, DClass.IN, TTL, server));
    }
    return servers;
  }

  /** Its records, completed by what every zone has: SOA, NS, and its key if it is signed. */
  Set<Record> complete(Name server, long serial) {
    Set<Record> all = new LinkedHashSet<>(records);
    all.addAll(servers(server));
    if (!has(origin, Type.SOA)) {
      Name responsible =
          Name.fromConstantString("hostmaster." + (origin.equals(Name.root) ? "" : origin));
      all.add(
          new SOARecord(
              origin,
              DClass.IN,
              TTL,
              server,
              responsible,
              serial,
              3600,
              600,
              604_800,
              NEGATIVE_TTL));
    }
    key.ifPresent(k -> all.add(k.dnskey()));
    return all;
  }
}
