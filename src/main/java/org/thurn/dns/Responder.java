package org.thurn.dns;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers one query from a set of zones, as RFC 1034 §4.3.2 and RFC 4035 §3.1 say. Since it may
 * hold parents and children alike, it answers from the zone nearest to the name, except DS, which
 * is the parent's to say; and it follows CNAMEs from zone to zone, as the recursive server it
 * stands for.
 */
final class Responder {
  private static final int MAX_CNAMES = 12;

  private final Map<Name, Zone> zones;
  private final Message reply;
  private final boolean dnssec;
  private final int type;

  private Responder(Map<Name, Zone> zones, Message query, Message reply) {
    this.zones = zones;
    this.reply = reply;
    this.type = query.getQuestion().getType();
    this.dnssec = wantsDnssec(query);
  }

  /** The reply to a query that was read from the network. */
  static Message reply(Map<Name, Zone> zones, Message query) {
    Message reply = empty(query, Rcode.NOERROR);
    Record question = query.getQuestion();
    OPTRecord edns = query.getOPT();
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      reply.getHeader().setRcode(Rcode.NOTIMP);
    } else if (question == null || query.getSection(Section.QUESTION).size() != 1) {
      reply.getHeader().setRcode(Rcode.FORMERR);
    } else if (edns != null && edns.getVersion() != 0) {
      return empty(query, Rcode.BADVERS);
    } else if (question.getDClass() != DClass.IN) {
      reply.getHeader().setRcode(Rcode.REFUSED);
    } else if (Type.isRR(question.getType()) || question.getType() == Type.ANY) {
      new Responder(zones, query, reply).answer(question.getName());
    } else {
      reply.getHeader().setRcode(Rcode.NOTIMP);
    }
    return reply;
  }

  /** A reply that says nothing but its code. */
  static Message empty(Message query, int rcode) {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setOpcode(query.getHeader().getOpcode());
    reply.getHeader().setRcode(rcode & 15);
    // Its zones are all that exists for those who ask it: it stands for a recursive server too.
    reply.getHeader().setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      reply.getHeader().setFlag(Flags.RD);
    }
    if (query.getHeader().getFlag(Flags.CD)) {
      reply.getHeader().setFlag(Flags.CD);
    }
    if (query.getQuestion() != null) {
      reply.addRecord(query.getQuestion(), Section.QUESTION);
    }
    if (query.getOPT() != null) {
      int flags = wantsDnssec(query) ? ExtendedFlags.DO : 0;
      reply.addRecord(
          new OPTRecord(Upstream.UDP_PAYLOAD, rcode >> 4, 0, flags), Section.ADDITIONAL);
    }
    return reply;
  }

  private static boolean wantsDnssec(Message query) {
    return query.getOPT() != null && (query.getOPT().getFlags() & ExtendedFlags.DO) != 0;
  }

  private void answer(Name asked) {
    Set<Name> seen = new HashSet<>();
    Optional<Name> next = Optional.of(asked);
    while (next.isPresent() && seen.add(next.get()) && seen.size() <= MAX_CNAMES) {
      Optional<Zone> zone = zoneOf(next.get());
      if (zone.isEmpty()) {
        if (seen.size() == 1) {
          reply.getHeader().setRcode(Rcode.REFUSED);
        }
        return;
      }
      next = answerFrom(zone.get(), next.get());
    }
  }

  private Optional<Zone> zoneOf(Name name) {
    // RFC 4035 §3.1.4.1: a DS lives on the parent's side of the cut.
    boolean above = type == Type.DS && !name.equals(Name.root) && zones.containsKey(name);
    for (Name apex = above ? new Name(name, 1) : name; ; apex = new Name(apex, 1)) {
      Zone zone = zones.get(apex);
      if (zone != null) {
        return Optional.of(zone);
      }
      if (apex.equals(Name.root)) {
        return above ? Optional.ofNullable(zones.get(name)) : Optional.empty();
      }
    }
  }

  /** Answers from one zone; returns where a CNAME leads, if one does. */
  private Optional<Name> answerFrom(Zone zone, Name name) {
    Optional<Name> cut = zone.cut(name);
    if (cut.isPresent() && !(type == Type.DS && cut.get().equals(name))) {
      refer(zone, cut.get());
      return Optional.empty();
    }
    reply.getHeader().setFlag(Flags.AA);
    if (zone.exists(name)) {
      return answerAt(zone, name, name);
    }
    Name closest = zone.closestEncloser(name);
    Name wildcard = child("*", closest);
    if (zone.exists(wildcard)) {
      Optional<Name> next = answerAt(zone, name, wildcard);
      // RFC 4035 §3.1.3.3: nothing nearer than the wildcard exists.
      zone.nsec(name).ifPresent(this::addProof);
      return next;
    }
    reply.getHeader().setRcode(Rcode.NXDOMAIN);
    add(zone.soaForDenial(), Section.AUTHORITY);
    zone.nsec(name).ifPresent(this::addProof);
    zone.nsec(wildcard).ifPresent(this::addProof);
    return Optional.empty();
  }

  /**
   * Answers for {@code name} with what {@code owner} has: itself, or the wildcard that covers it.
   */
  private Optional<Name> answerAt(Zone zone, Name name, Name owner) {
    Optional<RRset> wanted =
        switch (type) {
          case Type.ANY -> zone.anySet(owner);
          case Type.NSEC -> zone.nsec(owner).filter(nsec -> nsec.getName().equals(owner));
          default -> zone.set(owner, type);
        };
    if (wanted.isPresent()) {
      RRset set = type == Type.NSEC ? wanted.get() : zone.withSignature(wanted.get());
      add(owned(set, name), Section.ANSWER);
      return Optional.empty();
    }
    Optional<RRset> alias = zone.set(owner, Type.CNAME);
    if (alias.isPresent()) {
      add(owned(zone.withSignature(alias.get()), name), Section.ANSWER);
      return Optional.of(((CNAMERecord) alias.get().first()).getTarget());
    }
    add(zone.soaForDenial(), Section.AUTHORITY);
    zone.nsec(owner).ifPresent(this::addProof);
    return Optional.empty();
  }

  /** RFC 4035 §3.1.4: a delegation, with its DS or the proof that it has none. */
  private void refer(Zone zone, Name cut) {
    zone.set(cut, Type.NS).ifPresent(servers -> add(servers, Section.AUTHORITY));
    Optional<RRset> ds = zone.set(cut, Type.DS);
    if (dnssec && zone.signed()) {
      ds.map(zone::withSignature).or(() -> zone.nsec(cut)).ifPresent(this::addProof);
    }
    for (RRset servers : zone.set(cut, Type.NS).stream().toList()) {
      for (Record server : servers.rrs()) {
        zone.set(server.getAdditionalName(), Type.A).ifPresent(a -> add(a, Section.ADDITIONAL));
        zone.set(server.getAdditionalName(), Type.AAAA).ifPresent(a -> add(a, Section.ADDITIONAL));
      }
    }
  }

  private void addProof(RRset set) {
    if (dnssec && !reply.findRRset(set.getName(), set.getType(), Section.AUTHORITY)) {
      add(set, Section.AUTHORITY);
    }
  }

  private void add(RRset set, int section) {
    set.rrs(false).forEach(record -> reply.addRecord(record, section));
    if (dnssec) {
      set.sigs().forEach(signature -> reply.addRecord(signature, section));
    }
  }

  /** The set, owned by another name: what a wildcard makes of itself (RFC 4592 §2.2.1). */
  private static RRset owned(RRset set, Name name) {
    if (set.getName().equals(name)) {
      return set;
    }
    RRset made = new RRset();
    set.rrs(false).forEach(record -> made.addRR(record.withName(name)));
    set.sigs().forEach(signature -> made.addRR(signature.withName(name)));
    return made;
  }

  private static Name child(String label, Name parent) {
    return Name.fromConstantString(label + "." + (parent.equals(Name.root) ? "" : parent));
  }
}
