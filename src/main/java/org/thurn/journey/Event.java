package org.thurn.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;

/**
 * What can happen to a message, each with the facts a person would ask for. The log line, the
 * trace, the metrics and the web page are renderings of these records: a component's name is the
 * field's name there, the record's name in kebab case is the {@code type}. Secrets and message text
 * never stand in an event.
 */
public sealed interface Event {
  /** {@code ReplySent} is {@code reply-sent}. */
  default String type() {
    return EventType.of(getClass()).name();
  }

  // ---- a connection

  /** A peer connected to us. Protocol: smtp, submission, lmtp, imap, pop3. */
  record ConnectionAccepted(
      String protocol, String remoteAddress, int remotePort, String localAddress, int localPort)
      implements Event {}

  /** We connected to a peer. */
  record ConnectionOpened(
      String protocol, String host, String remoteAddress, int remotePort, String localAddress)
      implements Event {}

  /** We tried to and failed. */
  record ConnectionFailed(
      String protocol, String host, String remoteAddress, int remotePort, String reason)
      implements Event {}

  /** A connection ended; the reason says who ended it and why. */
  record ConnectionClosed(String reason, Duration lasted) implements Event {}

  /** A limit turned a peer away. */
  record ConnectionRefused(String protocol, String remoteAddress, String limit) implements Event {}

  /** A command that a peer sent us; arguments that are secret are replaced by {@code ***}. */
  record CommandReceived(String command) implements Event {}

  /** What we answered. */
  record ReplySent(int code, String text) implements Event {}

  /** A command that we sent, secrets replaced. */
  record CommandSent(String command) implements Event {}

  /** What the peer answered. */
  record ReplyReceived(int code, String text) implements Event {}

  /** TLS was agreed. Group: the key exchange, such as X25519MLKEM768. */
  record TlsEstablished(
      String version, String cipherSuite, String group, String peerCertificate, String verification)
      implements Event {}

  record TlsFailed(String reason) implements Event {}

  /** What a host must prove before a message goes to it, on whose word, and why. */
  record TlsPolicyChosen(String host, String demand, String basis, String reason)
      implements Event {}

  record AuthenticationSucceeded(String mechanism, String account) implements Event {}

  record AuthenticationFailed(String mechanism, String account, String reason) implements Event {}

  // ---- the DNS

  /** A question that mattered, and its answer in master-file words. */
  record DnsAnswered(
      String name,
      String recordType,
      String status,
      String security,
      List<String> answers,
      String server,
      Duration took,
      String purpose)
      implements Event {}

  /**
   * Forward-confirmed reverse DNS of the client (RFC 8601 §2.7.3): pass, fail, temperror,
   * permerror.
   */
  record IprevChecked(String address, String result, String name) implements Event {}

  /** What the client called itself, and whether that name leads to its address. */
  record HeloChecked(String helo, String result, String reason) implements Event {}

  // ---- sender authentication

  /**
   * SPF of one identity, mailfrom or helo (RFC 7208): which directive decided, and the domain
   * owner's own explanation of a fail.
   */
  record SpfChecked(
      String identity,
      String domain,
      String result,
      String directive,
      String reason,
      String explanation,
      int lookUps,
      int voidLookUps)
      implements Event {}

  /** One signature of DKIM (RFC 6376), and the exact reason if it does not hold. */
  record DkimChecked(String domain, String selector, String algorithm, String result, String reason)
      implements Event {}

  /** The chain of those who handled the message before (RFC 8617). */
  record ArcChecked(String result, List<String> sealers, String reason) implements Event {}

  /** Whether somebody whom the author's domain answers for sent it (RFC 9989). */
  record DmarcChecked(
      String domain, String result, String policy, List<String> alignments, String reason)
      implements Event {}

  /**
   * What our own policy made of these results: accept, mark, junk, greylist or reject; by which of
   * its rules.
   */
  record AuthenticationJudged(String action, String rule, String reason) implements Event {}

  /** What it has of 8 bits was encoded in 7, before it was signed (RFC 6376 §5.3). */
  record EncodedInSevenBits(long octetsBefore, long octetsAfter) implements Event {}

  /** The message got our own domain's signatures (RFC 6376 §5). */
  record DkimSigned(String domain, List<String> selectors) implements Event {}

  /**
   * The message, which goes on to somebody else, got our seal (RFC 8617 §5.1): which of the chain's
   * it is, and what it says of those before.
   */
  record ArcSealed(String domain, String selector, int instance, String chainValidation)
      implements Event {}

  /** The message goes on to somebody else and got no seal of ours. */
  record ArcUnsealed(String reason) implements Event {}

  /** We told a domain what came in its name: by an aggregate report, or a failure report. */
  record DmarcReportSent(String domain, Mailbox to, long messages) implements Event {}

  /** Another told us what came in the name of one of our domains. */
  record DmarcReportReceived(String organization, String domain, long messages) implements Event {}

  /** What came to the address for reports is none, or none that we believe. */
  record DmarcReportRefused(String reason) implements Event {}

  // ---- our own certificates

  /** An authority issued a certificate; key is the digest of TLSA 3 1 1. Not shown yet. */
  record CertificateIssued(Domain host, String issuer, Instant expires, String key)
      implements Event {}

  /** From now on clients that ask for this host are shown this certificate. */
  record CertificateSwitched(Domain host, String issuer, Instant expires, String key)
      implements Event {}

  /** A certificate was not issued, or is not fit for use; what is shown stays. */
  record CertificateFailed(Domain host, String reason, Instant nextAttempt) implements Event {}

  // ---- transport security

  /** A domain's policy of MTA-STS was fetched and is kept (RFC 8461 §3.3). */
  record StsPolicyFetched(
      Domain domain, String policyId, String mode, List<String> mx, Duration lifetime)
      implements Event {}

  /**
   * A policy that had been kept applies; what is the matter if the domain shows another, or none.
   */
  record StsPolicyUsed(Domain domain, String policyId, String mode, Instant expires, String trouble)
      implements Event {}

  /** A policy could not be had; kind is TLS reports' name for it (RFC 8460 §4.3). */
  record StsPolicyFailed(Domain domain, String kind, String reason) implements Event {}

  /** We told a domain how TLS to its hosts went (RFC 8460): by mail, or to a web server. */
  record TlsReportSent(String domain, String to, long sessions) implements Event {}

  /** Another told us how TLS to the hosts of one of our domains went. */
  record TlsReportReceived(String organization, String domain, long successes, long failures)
      implements Event {}

  /** What came as a TLS report is none, or none that we believe. */
  record TlsReportRefused(String reason) implements Event {}

  // ---- intake

  /** One recipient resolved before acceptance: the original and where it leads. */
  record RecipientResolved(Mailbox original, List<Mailbox> targets, String rule) implements Event {}

  /** A transaction or recipient that was refused, with our reply. */
  record Refused(String stage, int code, String text, String reason) implements Event {}

  /** S1: the message is durable and ours. */
  record Accepted(
      String messageIdField,
      ReversePath sender,
      List<Mailbox> recipients,
      long octets,
      String sha256,
      String subject)
      implements Event {}

  // ---- the queue

  /** A recipient waits for its next attempt. */
  record Deferred(int attempt, Instant nextAttempt, String status, String reason)
      implements Event {}

  record AttemptStarted(int attempt, String destination) implements Event {}

  /** Somebody changed the queue by hand: held, released, retried, dropped. */
  record QueueChanged(String action, String author) implements Event {}

  /** A crash may have sent this once more (RFC 1047). */
  record PossiblyDoubled(String destination) implements Event {}

  /** A notification was made: failure, delay, success or relayed (RFC 3464). */
  record NotificationQueued(String kind, Mailbox to, QueueId notification) implements Event {}

  /** The wall clock jumped against the monotonic one. */
  record ClockJumped(Duration by) implements Event {}

  // ---- terminal states, one per accepted recipient (S3)

  /** In a mailbox. */
  record Stored(Mailbox account, String mailbox, long uid) implements Event {}

  /** The next hop took it, in its words. */
  record Relayed(String host, String remoteAddress, int code, String reply) implements Event {}

  /** Failed for good; the sender was told unless it asked not to be. */
  record Bounced(String status, String reason, Optional<String> remoteHost) implements Event {}

  /** Failed because its time ran out. */
  record Expired(String status, String reason) implements Event {}

  /** Thrown away on purpose. */
  record Discarded(String reason) implements Event {}

  // ---- access and administration

  /** A client opened, changed or removed mail: action is append, store, move, copy, expunge. */
  record MailboxChanged(Mailbox account, String mailbox, String action, int messages)
      implements Event {}

  /** The directory or settings changed. */
  record Administered(String action, String subject, String author) implements Event {}

  /** The server started or stopped, or reloaded its settings. */
  record ServerChanged(String action, Domain host) implements Event {}

  /** A bug or an I/O fault that ended one session; the text is for the administrator. */
  record Fault(String where, String reason) implements Event {}
}
