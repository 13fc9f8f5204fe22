package org.thurn.dns;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thurn.time.Time;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * One question's dealings with the servers: the question, and what its validation asks besides (DS
 * and DNSKEY of every zone above it). dnsjava's validator drives it through {@link #sendAsync}, one
 * step after the other, each on a virtual thread. A validator lives for one inquiry: what outlives
 * it are the chain's messages, kept by our clock, not its own.
 */
final class Inquiry implements org.xbill.DNS.Resolver {
  /** A chain of trust for a name of many labels stays well below; a trap does not. */
  private static final int MAX_QUERIES = 64;

  /** RRsets of answer and authority: each may cost signatures to verify. */
  private static final int MAX_RRSETS = 64;

  private static final int MAX_RECORDS = 2000;

  private final Upstreams upstreams;
  private final TrustAnchors anchors;
  private final Cache<Link, Upstreams.Reply> chain;
  private final Time time;
  private final long end;
  private final Set<Link> used = new HashSet<>();
  private int queries;
  private String server = "";
  private String trouble = "";

  /** The reply to the question itself, which is what the validator asks for first. */
  private @Nullable Message ready;

  /** A DS or DNSKEY set, or its absence: a link of the chain of trust. */
  record Link(Name name, int type) {}

  /** What came of it; {@code reason} says why not, if it is empty the message may be used. */
  record Outcome(Message message, Security security, String reason) {}

  Inquiry(
      Upstreams upstreams,
      TrustAnchors anchors,
      Cache<Link, Upstreams.Reply> chain,
      Time time,
      Duration timeout) {
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
    Message raw = reply(query);
    if (trouble.isEmpty() && Reading.of(raw, name, type, time.now()).endless()) {
      // No signature mends it, and the validator would only say that something is not proven.
      trouble = "its CNAMEs do not end";
    }
    if (anchors.isEmpty() || !trouble.isEmpty()) {
      return new Outcome(raw, Security.INSECURE, trouble);
    }
    Outcome outcome = judge(validated(query, raw));
    if (!outcome.reason().isEmpty()) {
      // One of these links may be what is wrong: the next inquiry asks for them anew.
      chain.invalidateAll(used);
    }
    return outcome;
  }

  private Message validated(Message query, Message raw) {
    ready = raw;
    ValidatingResolver validator =
        new ValidatingResolver(this, Clock.fixed(time.now(), ZoneOffset.UTC));
    anchors.sets().forEach(validator.getTrustAnchors()::store);
    try {
      return validator.sendAsync(query).toCompletableFuture().join();
    } catch (RuntimeException e) {
      // The validator fell over a hostile message.
      trouble = "DNSSEC: the answer could not be validated: " + e;
      return failure(query);
    }
  }

  private Outcome judge(Message reply) {
    // A failed query for a key leaves the validator undecided, which looks like "insecure": whoever
    // drops our packets must not be able to switch DNSSEC off (RFC 7672 §2.1.2).
    if (!trouble.isEmpty()) {
      return new Outcome(reply, Security.INSECURE, trouble);
    }
    String reason = validatorsReason(reply);
    if (reply.getRcode() != Rcode.NOERROR && reply.getRcode() != Rcode.NXDOMAIN) {
      return new Outcome(reply, Security.BOGUS, reason.isEmpty() ? "DNSSEC: bogus" : reason);
    }
    if (reply.getHeader().getFlag(Flags.AD)) {
      return new Outcome(reply, Security.SECURE, "");
    }
    // Insecurity must be proven (RFC 4035 §4.3): the validator then gives its reason, except where
    // an opt-out span of NSEC3 is the proof.
    if (!reason.isEmpty() || optOut(reply)) {
      return new Outcome(reply, Security.INSECURE, "");
    }
    return new Outcome(reply, Security.BOGUS, "DNSSEC: neither secure nor proven insecure");
  }

  private static String validatorsReason(Message reply) {
    for (Record record : reply.getSection(Section.ADDITIONAL)) {
      if (record instanceof TXTRecord txt
          && txt.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS) {
        return "DNSSEC: " + String.join("", txt.getStrings());
      }
    }
    return "";
  }

  private static boolean optOut(Message reply) {
    return reply.getSection(Section.AUTHORITY).stream()
        .anyMatch(
            r -> r instanceof NSEC3Record n && (n.getFlags() & NSEC3Record.Flags.OPT_OUT) != 0);
  }

  private Message reply(Message query) {
    Link link = new Link(query.getQuestion().getName(), query.getQuestion().getType());
    boolean keepable = link.type() == Type.DS || link.type() == Type.DNSKEY;
    Upstreams.Reply kept = keepable ? chain.getIfPresent(link) : null;
    try {
      Upstreams.Reply reply = kept == null ? fetch(query) : kept;
      server = reply.server();
      if (keepable) {
        chain.put(link, reply);
        used.add(link);
      }
      return reply.message().clone();
    } catch (Upstreams.NoReply e) {
      trouble =
          query.getQuestion().getName() + " " + Type.string(link.type()) + ": " + e.getMessage();
      return failure(query);
    }
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
    return reply;
  }

  private static Message failure(Message query) {
    Message failed = new Message(query.getHeader().getID());
    failed.getHeader().setFlag(Flags.QR);
    failed.getHeader().setRcode(Rcode.SERVFAIL);
    failed.addRecord(query.getQuestion(), Section.QUESTION);
    return failed;
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    Message first = ready;
    ready = null;
    return new OffThePool<Message>().completeAsync(() -> first == null ? reply(query) : first);
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query) {
    return sendAsync(query, Thread::startVirtualThread);
  }

  /** The validator runs parts of itself on the common pool, where waiting would hold up others. */
  private static final class OffThePool<T> extends CompletableFuture<T> {
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new OffThePool<>();
    }

    @Override
    public Executor defaultExecutor() {
      return Thread::startVirtualThread;
    }
  }

  // The validator sets these when it begins; an inquiry always sends EDNS and never ignores TC.
  @Override
  public void setPort(int port) {}

  @Override
  public void setTCP(boolean flag) {}

  @Override
  public void setIgnoreTruncation(boolean flag) {}

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

  @Override
  public void setTSIGKey(TSIG key) {}

  @Override
  public void setTimeout(Duration timeout) {}
}
