package org.thurn.smtp.server;

import org.thurn.journey.QueueId;
import org.thurn.name.Domain;
import org.thurn.smtp.Reply;
import org.thurn.smtp.Verdict;

/** What the dialogue says of its own accord. The receiver's verdicts bring their own replies. */
final class Replies {
  static final Reply OK = Reply.of(250, "2.0.0", "Ok");
  static final Reply START = Reply.plain(354, "Send the message, end it with <CRLF>.<CRLF>");

  /** RFC 5321 §3.5.3: the address may well exist, and will be tried. */
  static final Reply CANNOT_VERIFY =
      Reply.of(252, "2.5.0", "Send some mail, it will be tried to deliver");

  static final Reply NOT_IMPLEMENTED = Reply.of(502, "5.5.1", "Command not implemented");
  static final Reply HELLO_FIRST = Reply.of(503, "5.5.1", "Say EHLO first");
  static final Reply LHLO_ONLY = Reply.of(500, "5.5.1", "This is LMTP, say LHLO");
  static final Reply NO_LHLO = Reply.of(500, "5.5.1", "This is not LMTP");
  static final Reply NESTED_MAIL = Reply.of(503, "5.5.1", "A transaction is under way");
  static final Reply MAIL_FIRST = Reply.of(503, "5.5.1", "MAIL comes first");
  static final Reply RCPT_FIRST = Reply.of(503, "5.5.1", "RCPT comes first");
  static final Reply NO_RECIPIENTS = Reply.of(554, "5.5.1", "No valid recipients");
  static final Reply CHUNKS_BEGUN = Reply.of(503, "5.5.1", "BDAT has begun, only BDAT may follow");
  static final Reply CHUNK_FAILED = Reply.of(503, "5.5.1", "An earlier chunk failed, say RSET");
  static final Reply BINARY_NEEDS_BDAT = Reply.of(503, "5.5.1", "BINARYMIME needs BDAT");
  static final Reply LINE_TOO_LONG = Reply.of(500, "5.5.2", "Line too long");
  static final Reply BARE_END =
      Reply.of(500, "5.5.2", "A line ends with CRLF; a CR or LF of its own is not allowed");
  static final Reply TOO_MANY_RECIPIENTS = Reply.of(452, "4.5.3", "Too many recipients");
  static final Reply TOO_BIG = Reply.of(552, "5.3.4", "Message too big");
  static final Reply NEEDS_SMTPUTF8 =
      Reply.of(553, "5.6.7", "A UTF-8 address needs MAIL with SMTPUTF8");

  /**
   * It is offered behind TLS only, so that it is not a known parameter here (RFC 5321 §4.1.1.11).
   */
  static final Reply REQUIRETLS_NEEDS_TLS =
      Reply.of(555, "5.5.4", "REQUIRETLS is for connections with TLS");

  static final Reply TLS_READY = Reply.of(220, "2.0.0", "Ready to start TLS");
  static final Reply TLS_ALREADY = Reply.of(503, "5.5.1", "TLS is active already");
  static final Reply TLS_FIRST = Reply.of(530, "5.7.0", "Must issue a STARTTLS command first");
  static final Reply AUTH_FIRST = Reply.of(530, "5.7.0", "Authentication required");
  static final Reply EARLY_TALKER = Reply.of(554, "5.5.1", "You spoke before the greeting");
  static final Reply SAY_QUIT = Reply.of(503, "5.5.1", "Say QUIT");
  static final Reply STORE_FULL = Reply.of(452, "4.3.1", "No room for it now, try later");
  static final Reply STORE_FAILED = Reply.of(451, "4.3.0", "Local trouble, try later");

  /** RFC 5321 §2.3.8: a receiver that took these for line ends would be open to smuggling. */
  static final Verdict BARE_IN_MESSAGE =
      Verdict.reject(
          550,
          "5.6.11",
          "The message has a CR or LF of its own; lines end with CRLF",
          "bare CR or LF in DATA");

  private Replies() {}

  static Reply goodbye(Domain hostname) {
    return Reply.of(221, "2.0.0", hostname.ascii() + " closing connection");
  }

  /** 421 may answer any command; the connection closes after it (RFC 5321 §3.8). */
  static Reply closing(Domain hostname, String status, String why) {
    return Reply.of(421, status, hostname.ascii() + " " + why + ", closing connection");
  }

  static Reply chunk(long octets, QueueId id) {
    return Reply.of(250, "2.0.0", octets + " octets received for " + id);
  }
}
