package org.thurn.queue;

import java.util.Optional;
import org.thurn.smtp.EnhancedStatus;

/** An outcome inside a row, and its words for people. */
final class OutcomeCodec {
  private OutcomeCodec() {}

  static void write(RowWriter out, Outcome outcome) {
    switch (outcome) {
      case Outcome.Stored(var account, var mailbox, long uid) ->
          out.small('s').mailbox(account).text(mailbox).number(uid);
      case Outcome.Relayed(var host, var address, var reply, boolean dsn) ->
          out.small('r').text(host).text(address).text(reply).flag(dsn);
      case Outcome.Deferred(var status, var reason, var host) ->
          words(out.small('d'), status, reason, host);
      case Outcome.Failed(var status, var reason, var host) ->
          words(out.small('f'), status, reason, host);
      case Outcome.Discarded(var reason) -> out.small('x').text(reason);
    }
  }

  static Outcome read(RowReader in) {
    int tag = in.small();
    return switch (tag) {
      case 's' -> new Outcome.Stored(in.mailbox(), in.text(), in.longNumber());
      case 'r' -> new Outcome.Relayed(in.text(), in.text(), in.text(), in.flag());
      case 'd' -> new Outcome.Deferred(status(in), in.text(), in.optional(RowReader::text));
      case 'f' -> new Outcome.Failed(status(in), in.text(), in.optional(RowReader::text));
      case 'x' -> new Outcome.Discarded(in.text());
      default -> throw in.unknown(tag);
    };
  }

  /** The ledger's words: where it went, or why it did not. */
  static String inWords(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored(var account, var mailbox, long uid) ->
          account + " " + mailbox + " " + uid;
      case Outcome.Relayed(var host, var address, var reply, var _) ->
          host + " [" + address + "] " + reply;
      case Outcome.Deferred(var status, var reason, var _) -> status + " " + reason;
      case Outcome.Failed(var status, var reason, var _) -> status + " " + reason;
      case Outcome.Discarded(var reason) -> reason;
    };
  }

  private static void words(
      RowWriter out, EnhancedStatus status, String reason, Optional<String> host) {
    out.small(status.category()).number(status.subject()).number(status.detail());
    out.text(reason).optional(host, RowWriter::text);
  }

  private static EnhancedStatus status(RowReader in) {
    return new EnhancedStatus(in.small(), in.number(), in.number());
  }
}
