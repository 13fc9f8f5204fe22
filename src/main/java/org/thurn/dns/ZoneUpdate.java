package org.thurn.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * One update of one zone: its prerequisites, then its changes, as RFC 2136 §3 goes through them.
 */
final class ZoneUpdate {
  /** What the zone makes by itself. */
  private static final Set<Integer> MADE =
      Set.of(Type.SOA, Type.DNSKEY, Type.RRSIG, Type.NSEC, Type.NSEC3, Type.NSEC3PARAM);

  private final Plot plot;
  private final Message update;
  private final BiPredicate<Name, Integer> inside;

  /**
   * @param inside whether a set of that name and type is the zone's to say
   */
  ZoneUpdate(Plot plot, Message update, BiPredicate<Name, Integer> inside) {
    this.plot = plot;
    this.update = update;
    this.inside = inside;
  }

  private record Key(Name name, int type) {}

  /** Changes the plot, or leaves it as it is; the code for the reply. */
  int carryOut() {
    int code = prerequisites(update.getSection(Section.PREREQ));
    List<Record> changes = update.getSection(Section.UPDATE);
    for (int i = 0; code == Rcode.NOERROR && i < changes.size(); i++) {
      code = scan(changes.get(i));
    }
    if (code == Rcode.NOERROR) {
      changes.forEach(this::change);
    }
    return code;
  }

  /** RFC 2136 §3.2. */
  private int prerequisites(List<Record> records) {
    Map<Key, Set<Record>> wanted = new HashMap<>();
    for (Record record : records) {
      if (record.getTTL() != 0) {
        return Rcode.FORMERR;
      }
      if (!inside.test(record.getName(), record.getType())) {
        return Rcode.NOTZONE;
      }
      int code =
          switch (record.getDClass()) {
            case DClass.ANY -> exists(record) ? Rcode.NOERROR : missing(record);
            case DClass.NONE -> exists(record) ? present(record) : Rcode.NOERROR;
            case DClass.IN -> {
              Key key = new Key(record.getName(), record.getType());
              wanted.computeIfAbsent(key, _ -> new HashSet<>()).add(record);
              yield Rcode.NOERROR;
            }
            default -> Rcode.FORMERR;
          };
      if (code != Rcode.NOERROR) {
        return code;
      }
    }
    return wanted.entrySet().stream()
            .allMatch(e -> plot.set(e.getKey().name(), e.getKey().type()).equals(e.getValue()))
        ? Rcode.NOERROR
        : Rcode.NXRRSET;
  }

  private boolean exists(Record record) {
    return record.getType() == Type.ANY
        ? plot.has(record.getName())
        : plot.has(record.getName(), record.getType());
  }

  private static int missing(Record record) {
    return record.getType() == Type.ANY ? Rcode.NXDOMAIN : Rcode.NXRRSET;
  }

  private static int present(Record record) {
    return record.getType() == Type.ANY ? Rcode.YXDOMAIN : Rcode.YXRRSET;
  }

  /** RFC 2136 §3.4.1: whether the change could be carried out. */
  private int scan(Record change) {
    int type = change.getType();
    if (!inside.test(change.getName(), type)) {
      return Rcode.NOTZONE;
    }
    boolean real = Type.isRR(type);
    boolean wellFormed =
        switch (change.getDClass()) {
          case DClass.IN -> real;
          case DClass.ANY ->
              change.getTTL() == 0
                  && change.rdataToWireCanonical().length == 0
                  && (real || type == Type.ANY);
          case DClass.NONE -> change.getTTL() == 0 && real;
          default -> false;
        };
    return wellFormed ? Rcode.NOERROR : Rcode.FORMERR;
  }

  /** RFC 2136 §3.4.2. What the zone makes by itself stays, and so do the servers of its apex. */
  private void change(Record change) {
    Name name = change.getName();
    int type = change.getType();
    boolean apex = name.equals(plot.origin());
    if (MADE.contains(type) || (apex && type == Type.NS && change.getDClass() != DClass.IN)) {
      return;
    }
    switch (change.getDClass()) {
      case DClass.IN -> add(change);
      case DClass.NONE -> plot.remove(copy(change, 0));
      default -> {
        if (type == Type.ANY) {
          plot.removeAll(name, apex ? Set.of(Type.SOA, Type.NS) : Set.of());
        } else {
          plot.remove(name, type);
        }
      }
    }
  }

  /** A set has one TTL (RFC 2181 §5.2): the newest. A CNAME has no company (§3.4.2.2). */
  private void add(Record added) {
    Name name = added.getName();
    boolean alias = added.getType() == Type.CNAME;
    boolean conflict =
        alias ? plot.has(name) && !plot.has(name, Type.CNAME) : plot.has(name, Type.CNAME);
    if (conflict) {
      return;
    }
    List<Record> before = new ArrayList<>(plot.set(name, added.getType()));
    plot.remove(name, added.getType());
    if (!alias) {
      before.forEach(record -> plot.add(copy(record, added.getTTL())));
    }
    plot.remove(added);
    plot.add(added);
  }

  private static Record copy(Record record, long ttl) {
    return Record.newRecord(
        record.getName(), record.getType(), DClass.IN, ttl, record.rdataToWireCanonical());
  }
}
