package org.thurn.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Takes a query's octets and gives the reply's: what UDP and TCP have in common. */
final class Desk {
  private static final int MAX_TCP = 65_535;

  private final ZoneTree tree;
  private final Consumer<Served> log;
  private final UpdateDesk updates;
  private volatile Disturbance disturbance = Disturbance.NONE;

  Desk(ZoneTree tree, Consumer<Served> log, List<UpdateGrant> grants) {
    this.tree = tree;
    this.log = log;
    this.updates = new UpdateDesk(tree, grants);
  }

  void disturb(Disturbance next) {
    disturbance = next;
  }

  /** The reply, or nothing for what deserves none. */
  Optional<byte[]> serve(byte[] octets, InetSocketAddress client, boolean tcp) {
    Message query;
    try {
      query = new Message(octets);
    } catch (IOException | RuntimeException e) {
      return formatError(octets);
    }
    // Never answer an answer: two servers would talk for ever.
    if (query.getHeader().getFlag(Flags.QR)) {
      return Optional.empty();
    }
    try {
      return query.getHeader().getOpcode() == Opcode.UPDATE
          ? Optional.of(updates.answer(query, octets))
          : answer(query, client, tcp);
    } catch (RuntimeException bug) {
      // Reported to whoever watches this thread; the next query must still be served.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
      return Optional.of(Responder.empty(query, Rcode.SERVFAIL).toWire());
    }
  }

  private Optional<byte[]> answer(Message query, InetSocketAddress client, boolean tcp) {
    Record question = query.getQuestion();
    Disturbance.Treatment treatment =
        question == null
            ? Disturbance.Treatment.NORMAL
            : disturbance.treat(shown(question), Type.string(question.getType()));
    Message reply =
        switch (treatment) {
          case DROP, SERVFAIL -> Responder.empty(query, Rcode.SERVFAIL);
          case NORMAL -> Responder.reply(tree.zones(), query);
          case BREAK_SIGNATURES -> spoil(Responder.reply(tree.zones(), query));
        };
    int room = tcp ? MAX_TCP : AuthoritativeServer.payload(query);
    byte[] wire = reply.toWire(MAX_TCP);
    boolean truncated = wire.length > room;
    if (truncated) {
      // RFC 2181 §9: whoever sees TC asks over TCP and uses nothing of this.
      reply.removeAllRecords(Section.ANSWER);
      reply.removeAllRecords(Section.AUTHORITY);
      reply.getHeader().setFlag(Flags.TC);
      wire = reply.toWire(room);
    }
    if (question != null) {
      log.accept(served(client, tcp, query, treatment, reply, truncated));
    }
    return treatment == Disturbance.Treatment.DROP ? Optional.empty() : Optional.of(wire);
  }

  private Served served(
      InetSocketAddress client,
      boolean tcp,
      Message query,
      Disturbance.Treatment treatment,
      Message reply,
      boolean truncated) {
    boolean dropped = treatment == Disturbance.Treatment.DROP;
    List<String> answers = reply.getSection(Section.ANSWER).stream().map(Record::toString).toList();
    return new Served(
        tree.time().now(),
        client,
        tcp,
        shown(query.getQuestion()),
        Type.string(query.getQuestion().getType()),
        query.getOPT() != null && query.getOPT().getFlags() != 0,
        treatment,
        dropped ? "" : Rcode.string(reply.getRcode()),
        truncated,
        dropped ? List.of() : answers);
  }

  private static String shown(Record question) {
    return question.getName().toString().toLowerCase(Locale.ROOT);
  }

  /** RFC 1035 §4.1.1: the id is given back, if there is one. */
  private static Optional<byte[]> formatError(byte[] octets) {
    if (octets.length < 12 || (octets[2] & 0x80) != 0) {
      return Optional.empty();
    }
    Message reply = new Message((octets[0] & 0xff) << 8 | (octets[1] & 0xff));
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setRcode(Rcode.FORMERR);
    return Optional.of(reply.toWire());
  }

  private static Message spoil(Message reply) {
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (Record record : List.copyOf(reply.getSection(section))) {
        if (record instanceof RRSIGRecord signature) {
          reply.removeRecord(signature, section);
          reply.addRecord(spoilt(signature), section);
        }
      }
    }
    return reply;
  }

  private static RRSIGRecord spoilt(RRSIGRecord good) {
    byte[] signature = good.getSignature().clone();
    signature[signature.length - 1] ^= 1;
    return new RRSIGRecord(
        good.getName(),
        DClass.IN,
        good.getTTL(),
        good.getTypeCovered(),
        good.getAlgorithm(),
        good.getOrigTTL(),
        good.getExpire(),
        good.getTimeSigned(),
        good.getFootprint(),
        good.getSigner(),
        signature);
  }
}
