package org.thurn.mailbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The keys of an account's rows: a letter for the kind, then big-endian numbers. */
final class RowKey {
  /** {@link AccountRow}. */
  static final byte[] ACCOUNT = {'a'};

  /** And mailbox: {@link MailboxRow}. */
  static final byte[] MAILBOXES = {'b'};

  /** And mailbox, MODSEQ, UID: which message had its last change when. */
  private static final byte CHANGES = 'c';

  /** And queue id, recipient: a delivery that is done. */
  static final byte[] MARKS = {'d'};

  /** And email: {@link EmailRow}. */
  static final byte[] EMAILS = {'e'};

  /** Since when there is no such account any more, if there is none. */
  static final byte[] FORMER = {'f'};

  /** And name: the mailbox of that name. */
  static final byte[] NAMES = {'n'};

  /** And mailbox, UID: {@link Placement}. */
  private static final byte PLACEMENTS = 'p';

  /** And name: a subscription. */
  static final byte[] SUBSCRIPTIONS = {'s'};

  /** And email: its summary. */
  private static final byte SUMMARIES = 't';

  /** And mailbox, MODSEQ, UID: a message that went, and the second when. */
  private static final byte VANISHED = 'v';

  private RowKey() {}

  static byte[] mailbox(MailboxId mailbox) {
    return key(MAILBOXES[0], mailbox.number());
  }

  static byte[] name(MailboxName name) {
    return text(NAMES[0], name.text());
  }

  static byte[] subscription(MailboxName name) {
    return text(SUBSCRIPTIONS[0], name.text());
  }

  static byte[] mark(DeliveryMark mark) {
    return text(MARKS[0], mark.message() + "/" + mark.recipient());
  }

  static byte[] email(EmailId email) {
    return key(EMAILS[0], email.number());
  }

  static byte[] summary(EmailId email) {
    return key(SUMMARIES, email.number());
  }

  static byte[] placements(MailboxId mailbox) {
    return key(PLACEMENTS, mailbox.number());
  }

  static byte[] placement(MailboxId mailbox, long uid) {
    return ByteBuffer.allocate(13)
        .put(PLACEMENTS)
        .putLong(mailbox.number())
        .putInt((int) uid)
        .array();
  }

  static byte[] changes(MailboxId mailbox) {
    return key(CHANGES, mailbox.number());
  }

  static byte[] change(MailboxId mailbox, long modseq, long uid) {
    return key(CHANGES, mailbox.number(), modseq, uid);
  }

  static byte[] vanished(MailboxId mailbox) {
    return key(VANISHED, mailbox.number());
  }

  static byte[] vanished(MailboxId mailbox, long modseq, long uid) {
    return key(VANISHED, mailbox.number(), modseq, uid);
  }

  /** What the keys of one kind and one mailbox or email begin with. */
  static byte[] numbered(byte kind, long number) {
    return key(kind, number);
  }

  private static byte[] key(byte kind, long number) {
    return ByteBuffer.allocate(9).put(kind).putLong(number).array();
  }

  private static byte[] key(byte kind, long mailbox, long modseq, long uid) {
    return ByteBuffer.allocate(21)
        .put(kind)
        .putLong(mailbox)
        .putLong(modseq)
        .putInt((int) uid)
        .array();
  }

  private static byte[] text(byte kind, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + utf8.length).put(kind).put(utf8).array();
  }

  /** The UID at the end of a placement, change or vanished key. */
  static long uid(byte[] key) {
    return ByteBuffer.wrap(key).getInt(key.length - 4) & UidSet.MAX;
  }

  /** The MODSEQ of a change or vanished key. */
  static long modseq(byte[] key) {
    return ByteBuffer.wrap(key).getLong(9);
  }

  /** The number after the kind. */
  static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  /**
   * The first key after those that begin with {@code prefix}. The kind is a letter, so there is
   * one.
   */
  static byte[] after(byte[] prefix) {
    byte[] end = prefix.clone();
    int at = end.length - 1;
    while (end[at] == (byte) 0xff) {
      end[at--] = 0;
    }
    end[at]++;
    return end;
  }

  /** The key right after this one. */
  static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
