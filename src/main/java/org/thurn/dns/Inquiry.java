package org.thurn.dns;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.thurn.time.Time;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * One question's dealings with the servers: the question itself, and what its validation asks
 * besides (DS and DNSKEY of every zone above it), within one limit of time and of number.
 */
final class Inquiry {
  /** A chain of trust for a name of many labels stays well below; a trap does not. */
  private static final int MAX_QUERIES = 64;

  /** RRsets of answer and authority: each may cost signatures to verify. */
  private static final int MAX_RRSETS = 64;

  private static final int MAX_RECORDS = 2000;

  private final Upstreams upstreams;
  private final TrustAnchors anchors;
  private final Chain chain;
  private final Time time;
  private final long end;

  /** What this inquiry was told of each link: the same however often it is asked. */
  private final Map<Chain.Link, Upstreams.Reply> used = new HashMap<>();

  private int queries;
  private String server = "";
  private String trouble = "";

  /** What came of it; {@code reason} says why not, if it is empty the message may be used. */
  record Outcome(Message message, Security security, String reason) {}

  Inquiry(Upstreams upstreams, TrustAnchors anchors, Chain chain, Time time, Duration timeout) {
    this.upstreams = upstreams;
    this.anchors = anchors;
    this.chain = chain;
    this.time = time;
    this.end = Time.system().ticks() + timeout.toNanos();
  }

  /** Which server answered last. */
  String server() {
    return server;
  }

  /** Asks, and validates if there is a trust anchor. */
  Outcome ask(Name name, int type) {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    Message reply = reply(query);
    if (!trouble.isEmpty()) {
      return new Outcome(reply, Security.INSECURE, trouble);
    }
    Reading reading = Reading.of(reply, name, type, time.now());
    if (reading.endless()) {
      // No signature mends it, and the validator would only say that something is not proven.
      return new Outcome(reply, Security.INSECURE, "its CNAMEs do not end");
    }
    if (anchors.isEmpty()) {
      return new Outcome(reply, Security.INSECURE, "");
    }
    Outcome outcome = new Validation(this, anchors, chain, time.now()).judge(query, reply, reading);
    // A failed query for a key leaves the validator undecided, which looks like "insecure": whoever
    // drops our packets must not be able to switch DNSSEC off (RFC 7672 §2.1.2).
    if (!trouble.isEmpty()) {
      outcome = new Outcome(reply, Security.INSECURE, trouble);
    }
    if (!outcome.reason().isEmpty()) {
      chain.doubt(used.keySet(), name);
    } else if (outcome.security() == Security.SECURE) {
      chain.prove(used);
    }
    return outcome;
  }

  /** Sends one query, or finds its reply among the links of the chain; a failure is a SERVFAIL. */
  Message reply(Message query) {
    Name name = query.getQuestion().getName();
    int type = query.getQuestion().getType();
    try {
      Upstreams.Reply reply = Chain.Link.possible(type) ? link(query, name, type) : fetch(query);
      server = reply.server();
      return reply.message().clone();
    } catch (Upstreams.NoReply e) {
      trouble = name + " " + Type.string(type) + ": " + e.getMessage();
      return failure(query);
    }
  }

  private Upstreams.Reply link(Message query, Name name, int type) throws Upstreams.NoReply {
    Chain.Link link = new Chain.Link(name, type);
    Upstreams.Reply reply = used.get(link);
    if (reply == null) {
      reply = chain.find(link).orElse(null);
    }
    if (reply == null) {
      reply = fetch(query);
      chain.keep(link, reply);
    }
    used.put(link, reply);
    return reply;
  }

  private Upstreams.Reply fetch(Message query) throws Upstreams.NoReply {
    if (++queries > MAX_QUERIES) {
      throw new Upstreams.NoReply("its validation asks too many questions");
    }
    Message sent = query.clone();
    sent.removeAllRecords(Section.ADDITIONAL);
    int flags = 0;
    if (!anchors.isEmpty()) {
      flags = ExtendedFlags.DO;
      // RFC 6840 §5.9: a recursive server shall not judge for us.
      sent.getHeader().setFlag(Flags.CD);
    }
    sent.addRecord(new OPTRecord(Upstream.UDP_PAYLOAD, 0, 0, flags), Section.ADDITIONAL);
    Upstreams.Reply reply = upstreams.ask(sent, end);
    Message message = reply.message();
    long records =
        Stream.of(Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL)
            .mapToLong(s -> message.getSection(s).size())
            .sum();
    int sets =
        message.getSectionRRsets(Section.ANSWER).size()
            + message.getSectionRRsets(Section.AUTHORITY).size();
    if (records > MAX_RECORDS || sets > MAX_RRSETS) {
      throw new Upstreams.NoReply("an answer of " + records + " records is too large");
    }
    // Nothing there is of use to us, and the validator puts its reasons there.
    message.removeAllRecords(Section.ADDITIONAL);
    return reply;
  }

  static Message failure(Message query) {
    Message failed = new Message(query.getHeader().getID());
    failed.getHeader().setFlag(Flags.QR);
    failed.getHeader().setRcode(Rcode.SERVFAIL);
    failed.addRecord(query.getQuestion(), Section.QUESTION);
    return failed;
  }
}
