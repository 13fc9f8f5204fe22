package org.thurn.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/**
 * Takes updates (RFC 2136) of those zones that a key was granted, if that key signed them (RFC
 * 8945). Whoever signed gets a signed answer.
 */
final class UpdateDesk {
  private final ZoneTree tree;
  private final List<UpdateGrant> grants;

  UpdateDesk(ZoneTree tree, List<UpdateGrant> grants) {
    this.tree = tree;
    this.grants = List.copyOf(grants);
  }

  /** The reply's octets. */
  byte[] answer(Message update, byte[] wire) {
    TSIGRecord signature = update.getTSIG();
    Optional<UpdateGrant> grant = grants.stream().filter(g -> fits(g, signature)).findFirst();
    if (signature == null) {
      return Responder.empty(update, Rcode.REFUSED).toWire();
    }
    if (grant.isEmpty()) {
      return Responder.empty(update, Rcode.NOTAUTH).toWire();
    }
    TSIG tsig = grant.get().key().tsig();
    int verdict = tsig.verify(update, wire, null);
    if (verdict != Rcode.NOERROR) {
      Message refusal = Responder.empty(update, Rcode.NOTAUTH);
      tsig.apply(refusal, verdict, signature);
      return refusal.toWire();
    }
    Message reply = Responder.empty(update, carryOut(update, grant.get()));
    tsig.apply(reply, signature);
    return reply.toWire();
  }

  private static boolean fits(UpdateGrant grant, TSIGRecord signature) {
    return signature != null
        && grant.key().wireName().equals(signature.getName())
        && grant.key().wireAlgorithm().equals(signature.getAlgorithm());
  }

  /** The code of the reply: RFC 2136 §3. */
  private int carryOut(Message update, UpdateGrant grant) {
    List<Record> zone = update.getSection(Section.ZONE);
    if (zone.size() != 1
        || zone.getFirst().getType() != Type.SOA
        || zone.getFirst().getDClass() != DClass.IN) {
      return Rcode.FORMERR;
    }
    Name apex = zone.getFirst().getName();
    if (!tree.zones().containsKey(apex)) {
      return Rcode.NOTAUTH;
    }
    boolean granted =
        grant.zones().stream()
            .anyMatch(own -> WireNames.toWire(own).filter(apex::equals).isPresent());
    return granted ? tree.update(apex, update) : Rcode.REFUSED;
  }
}
