package org.thurn.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mailbox with its counters, which change with the placements that they count. */
final class MailboxRow {
  private static final int MAX_KEYWORDS = 250;

  final MailboxId id;
  final long uidValidity;
  final Optional<SpecialUse> specialUse;
  MailboxName name;
  long uidNext = 1;
  long messages;
  long unseen;
  long deleted;
  long size;
  long highestModseq;

  /** No message below this UID lacks {@code \Seen}. */
  long unseenFrom = 1;

  /** Tombstones up to this MODSEQ may be purged. */
  long purgedTo;

  private final List<String> keywords;

  MailboxRow(
      MailboxId id,
      MailboxName name,
      long uidValidity,
      Optional<SpecialUse> specialUse,
      List<String> keywords) {
    this.id = id;
    this.name = name;
    this.uidValidity = uidValidity;
    this.specialUse = specialUse;
    this.keywords = new ArrayList<>(keywords);
  }

  static MailboxRow of(MailboxId id, byte[] row) {
    RowIn in = new RowIn(row);
    MailboxName name = new MailboxName(in.text());
    long uidValidity = in.number();
    Optional<SpecialUse> use = SpecialUse.ofCode(in.count());
    long[] numbers = new long[8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.number();
    }
    int count = in.count();
    List<String> keywords = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keywords.add(in.text());
    }
    MailboxRow mailbox = new MailboxRow(id, name, uidValidity, use, keywords);
    mailbox.uidNext = numbers[0];
    mailbox.messages = numbers[1];
    mailbox.unseen = numbers[2];
    mailbox.deleted = numbers[3];
    mailbox.size = numbers[4];
    mailbox.highestModseq = numbers[5];
    mailbox.unseenFrom = numbers[6];
    mailbox.purgedTo = numbers[7];
    return mailbox;
  }

  byte[] bytes() {
    RowOut out =
        new RowOut()
            .text(name.text())
            .number(uidValidity)
            .number(specialUse.map(SpecialUse::code).orElse(0))
            .number(uidNext)
            .number(messages)
            .number(unseen)
            .number(deleted)
            .number(size)
            .number(highestModseq)
            .number(unseenFrom)
            .number(purgedTo)
            .number(keywords.size());
    keywords.forEach(out::text);
    return out.bytes();
  }

  MailboxStatus status() {
    return new MailboxStatus(
        id,
        name,
        messages,
        unseen,
        deleted,
        size,
        uidNext,
        uidValidity,
        highestModseq,
        List.copyOf(keywords),
        keywords.size() < MAX_KEYWORDS);
  }

  /** Counts a message in, or with {@code sign} -1 out. */
  void count(MessageRow row, int sign) {
    messages += sign;
    size += sign * row.size();
    deleted += row.flags().has(SystemFlag.DELETED) ? sign : 0;
    if (!row.flags().has(SystemFlag.SEEN)) {
      unseen += sign;
      if (sign > 0) {
        unseenFrom = Math.min(unseenFrom, row.uid());
      } else if (unseenFrom == row.uid()) {
        unseenFrom++;
      }
    }
    if (unseen == 0) {
      unseenFrom = uidNext;
    }
  }

  /** The flags as this mailbox can keep them: known keywords in their first spelling. */
  Flags admit(Flags flags) {
    if (flags.keywords().isEmpty()) {
      return flags;
    }
    List<String> admitted = new ArrayList<>();
    for (String keyword : flags.keywords()) {
      int index = indexOf(keyword);
      if (index < 0 && keywords.size() < MAX_KEYWORDS) {
        index = keywords.size();
        keywords.add(keyword);
      }
      if (index >= 0) {
        admitted.add(keywords.get(index));
      }
    }
    return new Flags(flags.system(), admitted);
  }

  int indexOf(String keyword) {
    for (int i = 0; i < keywords.size(); i++) {
      if (keywords.get(i).equalsIgnoreCase(keyword)) {
        return i;
      }
    }
    return -1;
  }

  String keyword(int index) {
    if (index >= keywords.size()) {
      throw new IllegalStateException("no keyword " + index + " in mailbox " + id);
    }
    return keywords.get(index);
  }
}
