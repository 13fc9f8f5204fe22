package org.thurn.dns;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Judges one reply by its signatures (RFC 4035 §5). dnsjava's validator does it, and asks for keys
 * through {@link #sendAsync}, one after the other, each on a virtual thread. It lives for one
 * reply: what outlives it are the messages of the chain, which the inquiry keeps by our clock.
 */
final class Validation implements org.xbill.DNS.Resolver {
  private final Inquiry inquiry;
  private final TrustAnchors anchors;
  private final Chain chain;
  private final Instant now;

  /** The reply to judge, which is what the validator asks for first. */
  private @Nullable Message ready;

  Validation(Inquiry inquiry, TrustAnchors anchors, Chain chain, Instant now) {
    this.inquiry = inquiry;
    this.anchors = anchors;
    this.chain = chain;
    this.now = now;
  }

  Inquiry.Outcome judge(Message query, Message reply, Reading reading) {
    Name name = query.getQuestion().getName();
    if (reading.unfinished()) {
      // The validator wants a proof of what follows the last CNAME; that will be asked for.
      List<Record> aliases = reply.getSection(Section.ANSWER);
      List<Record> proof = reply.getSection(Section.AUTHORITY);
      return judgeAs(reply, question(name, Type.CNAME), aliases, proof);
    }
    if (unproven(reply)) {
      // There is nothing to validate, so the question is whether there had to be: judged is an
      // unsigned record that we make up.
      Record unsigned = new TXTRecord(name, DClass.IN, 0, "unsigned");
      return judgeAs(reply, question(name, Type.TXT), List.of(unsigned), List.of());
    }
    return verdict(validated(query, reply));
  }

  /** The verdict on another question and its answer, for the reply. */
  private Inquiry.Outcome judgeAs(
      Message reply, Message query, List<Record> answer, List<Record> proof) {
    Message shown = query.clone();
    shown.getHeader().setFlag(Flags.QR);
    answer.forEach(record -> shown.addRecord(record, Section.ANSWER));
    proof.forEach(record -> shown.addRecord(record, Section.AUTHORITY));
    Inquiry.Outcome outcome = verdict(validated(query, shown));
    return new Inquiry.Outcome(reply, outcome.security(), outcome.reason());
  }

  private static Message question(Name name, int type) {
    return Message.newQuery(Record.newRecord(name, type, DClass.IN));
  }

  /** A "no" without any signature, from servers that leave out the SOA as well as from forgers. */
  private static boolean unproven(Message reply) {
    return reply.getSection(Section.ANSWER).isEmpty()
        && reply.getSection(Section.AUTHORITY).stream().noneMatch(RRSIGRecord.class::isInstance);
  }

  private Message validated(Message query, Message reply) {
    ready = reply;
    ValidatingResolver validator = new ValidatingResolver(this, Clock.fixed(now, ZoneOffset.UTC));
    chain.anchors(reply).forEach(validator.getTrustAnchors()::store);
    anchors.sets().forEach(validator.getTrustAnchors()::store);
    try {
      return validator.sendAsync(query).toCompletableFuture().join();
    } catch (RuntimeException e) {
      // The validator fell over a hostile message: as good as a bad signature.
      return Inquiry.failure(query);
    }
  }

  private static Inquiry.Outcome verdict(Message reply) {
    String reason = validatorsReason(reply);
    if (reply.getRcode() != Rcode.NOERROR && reply.getRcode() != Rcode.NXDOMAIN) {
      return new Inquiry.Outcome(
          reply, Security.BOGUS, reason.isEmpty() ? "DNSSEC: bogus" : reason);
    }
    if (reply.getHeader().getFlag(Flags.AD)) {
      return new Inquiry.Outcome(reply, Security.SECURE, "");
    }
    // Insecurity must be proven (RFC 4035 §4.3): the validator then gives its reason, except where
    // an opt-out span of NSEC3 is the proof.
    if (!reason.isEmpty() || optOut(reply)) {
      return new Inquiry.Outcome(reply, Security.INSECURE, "");
    }
    return new Inquiry.Outcome(reply, Security.BOGUS, "DNSSEC: neither secure nor proven insecure");
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

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    Message first = ready;
    ready = null;
    return new OffThePool<Message>()
        .completeAsync(() -> first == null ? inquiry.reply(query) : first);
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
