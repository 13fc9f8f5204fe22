package org.thurn.queue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.name.ReversePath;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.Notify;
import org.thurn.smtp.Ret;
import org.thurn.store.BodyId;
import org.thurn.tls.policy.Wish;

/** The rows {@code m} and {@code r}. */
final class EntryCodec {
  private static final int MESSAGE = 4;
  private static final int RECIPIENT = 1;

  private EntryCodec() {}

  static byte[] message(QueueEntry entry) {
    Envelope envelope = entry.envelope();
    return new RowWriter()
        .small(MESSAGE)
        .optional(envelope.session(), (out, session) -> out.text(session.text()))
        .optional(envelope.sender().mailbox(), RowWriter::mailbox)
        .optional(envelope.submitter(), RowWriter::mailbox)
        .optional(envelope.messageId(), RowWriter::text)
        .optional(envelope.ret(), RowWriter::constant)
        .optional(envelope.envid(), RowWriter::text)
        .constant(envelope.body())
        .flag(envelope.smtpUtf8())
        .instant(envelope.arrived())
        .flag(envelope.deliveredBefore())
        .flag(envelope.junk())
        .constant(envelope.wish())
        .text(entry.body().text())
        .number(entry.octets())
        .flag(entry.held())
        .row();
  }

  static QueueEntry message(QueueId id, byte[] row, List<RecipientRow> recipients) {
    RowReader in = new RowReader(row, "message " + id, MESSAGE);
    Envelope envelope =
        new Envelope(
            id,
            in.optional(r -> r.of(SessionId::new)),
            in.optional(RowReader::mailbox).map(ReversePath::of).orElse(ReversePath.Null.INSTANCE),
            in.optional(RowReader::mailbox),
            in.optional(RowReader::text),
            in.optional(r -> r.constant(Ret.class)),
            in.optional(RowReader::text),
            in.constant(BodyType.class),
            in.flag(),
            in.instant(),
            in.flag(),
            in.flag(),
            in.constant(Wish.class));
    return new QueueEntry(envelope, in.of(BodyId::new), in.longNumber(), in.flag(), recipients);
  }

  static byte[] recipient(RecipientRow row) {
    Recipient recipient = row.recipient();
    RowWriter out =
        new RowWriter()
            .small(RECIPIENT)
            .number(recipient.index())
            .mailbox(recipient.address())
            .mailbox(recipient.original());
    destination(out, recipient.destination());
    notifyOn(out, recipient.notifyOn());
    return out.optional(recipient.orcpt(), RowWriter::text)
        .number(row.attempts())
        .instant(row.next())
        .optional(row.tried(), RowWriter::instant)
        .flag(row.inFlight())
        .flag(row.delayTold())
        .optional(row.terminal(), RowWriter::constant)
        .optional(row.last(), OutcomeCodec::write)
        .row();
  }

  static RecipientRow recipient(QueueId id, byte[] row) {
    RowReader in = new RowReader(row, "recipient of " + id, RECIPIENT);
    Recipient recipient =
        new Recipient(
            in.number(),
            in.mailbox(),
            in.mailbox(),
            destination(in),
            notifyOn(in),
            in.optional(RowReader::text));
    return new RecipientRow(
        recipient,
        in.number(),
        in.instant(),
        in.optional(RowReader::instant),
        in.flag(),
        in.flag(),
        in.optional(r -> r.constant(Terminal.class)),
        in.optional(OutcomeCodec::read));
  }

  private static void destination(RowWriter out, Destination destination) {
    switch (destination) {
      case Destination.Local(var account, var detail) ->
          out.small('l').mailbox(account).text(detail);
      case Destination.Remote(var host) -> out.small('r').text(host.ascii());
    }
  }

  private static Destination destination(RowReader in) {
    int tag = in.small();
    return switch (tag) {
      case 'l' -> new Destination.Local(in.mailbox(), in.text());
      case 'r' -> new Destination.Remote(in.host());
      default -> throw in.unknown(tag);
    };
  }

  private static void notifyOn(RowWriter out, Set<Notify> notifyOn) {
    out.small(notifyOn.size());
    notifyOn.forEach(out::constant);
  }

  private static Set<Notify> notifyOn(RowReader in) {
    Set<Notify> set = EnumSet.noneOf(Notify.class);
    for (int left = in.small(); left > 0; left--) {
      set.add(in.constant(Notify.class));
    }
    return set;
  }
}
