package org.thurn.access.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.access.imap.grammar.SequenceSet;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Changes;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MailboxStatus;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.UidSet;

/**
 * A client's view of the selected mailbox: which UID each sequence number stands for. The view
 * changes only when the client is told (RFC 9051 §5.2), whatever happens in the mailbox meanwhile.
 */
final class SelectedMailbox {
  /** Larger mailboxes learn their UIDs when the first command needs them. */
  private static final int EAGER = 1_000;

  private final AccountMail mail;
  private final MailboxStatus start;
  private final boolean readOnly;
  private final SequenceNumbers numbers = new SequenceNumbers();
  private boolean loaded;
  private long modseq;
  private UidSet vanished = UidSet.NONE;
  private final Set<Long> told = new HashSet<>();
  private UidSet saved = UidSet.NONE;

  /** Opens the view of the mailbox as {@code start} says it is now. */
  SelectedMailbox(AccountMail mail, MailboxStatus start, boolean readOnly) {
    this.mail = mail;
    this.start = start;
    this.readOnly = readOnly;
    this.modseq = start.highestModseq();
    if (start.messages() <= EAGER) {
      numbers.add(present());
      loaded = true;
    }
  }

  MailboxId id() {
    return start.id();
  }

  MailboxName name() {
    return start.name();
  }

  long uidValidity() {
    return start.uidValidity();
  }

  boolean readOnly() {
    return readOnly;
  }

  /** Whether the sequence numbers cost nothing. */
  boolean isLoaded() {
    return loaded;
  }

  /** EXISTS. */
  int exists() {
    return loaded ? numbers.count() : (int) start.messages();
  }

  /** The MODSEQ up to which the client was told of changes. */
  long modseq() {
    return modseq;
  }

  /** The UIDs that were there at the SELECT and still are. */
  private long[] present() {
    return Arrays.stream(mail.uids(id())).filter(uid -> uid < start.uidNext()).toArray();
  }

  /** The sequence numbers; they are loaded if they were not yet. */
  SequenceNumbers numbers() {
    if (!loaded) {
      long[] present = present();
      Changes changes = mail.changesSince(id(), modseq);
      List<Long> gone = new ArrayList<>();
      if (present.length < start.messages()) {
        for (UidSet.Range range : changes.vanished().ranges()) {
          for (long uid = range.first(); uid <= range.last() && uid < start.uidNext(); uid++) {
            gone.add(uid);
          }
        }
      }
      numbers.add(Arrays.stream(concat(present, gone)).sorted().distinct().toArray());
      loaded = true;
      if (numbers.count() != start.messages()) {
        throw new ViewLostException("the mailbox changed between SELECT and the first look");
      }
    }
    return numbers;
  }

  private static long[] concat(long[] some, List<Long> more) {
    long[] all = Arrays.copyOf(some, some.length + more.size());
    for (int i = 0; i < more.size(); i++) {
      all[some.length + i] = more.get(i);
    }
    return all;
  }

  /** The UIDs that a command's set names, as far as the client knows of them. */
  UidSet resolve(SequenceSet set, boolean uid) throws ImapSyntaxException {
    if (set.saved()) {
      return saved;
    }
    SequenceNumbers known = numbers();
    List<UidSet.Range> ranges = new ArrayList<>();
    for (SequenceSet.Range range : set.ranges()) {
      if (uid) {
        byUid(known, range).ifPresent(ranges::add);
      } else {
        byNumber(known, range).ifPresent(ranges::add);
      }
    }
    return new UidSet(ranges);
  }

  /** {@code 559:*} names the last message at least (RFC 9051 §9). */
  private static Optional<UidSet.Range> byUid(SequenceNumbers known, SequenceSet.Range range) {
    long highest = known.count() == 0 ? 0 : known.uid(known.count());
    long first = range.first(highest);
    long last = Math.min(range.last(highest), highest);
    return first > last || first < 1
        ? Optional.empty()
        : Optional.of(new UidSet.Range(first, last));
  }

  private static Optional<UidSet.Range> byNumber(SequenceNumbers known, SequenceSet.Range range)
      throws ImapSyntaxException {
    int count = known.count();
    long first = range.first(count);
    long last = range.last(count);
    if (count == 0 && first <= 1) {
      return Optional.empty(); // 1:* of an empty mailbox is no mistake
    }
    if (first < 1 || last > count) {
      throw new ImapSyntaxException("No such message");
    }
    return Optional.of(new UidSet.Range(known.uid((int) first), known.uid((int) last)));
  }

  /** Keeps the result of a SEARCH for {@code $} (RFC 9051 §6.4.4.1). */
  void save(UidSet uids) {
    saved = uids;
  }

  /** The changes with this MODSEQ are the client's own, and it knows them. */
  void told(long own) {
    told.add(own);
  }

  /**
   * Tells the client what changed.
   *
   * @param mayExpunge whether sequence numbers may change now (RFC 9051 §7.5.1)
   * @param condstore whether MODSEQ goes with flags
   * @return false if the mailbox was deleted
   */
  boolean update(ResponseWriter out, boolean mayExpunge, boolean condstore) throws IOException {
    Optional<MailboxStatus> now = mail.status(id());
    if (now.isEmpty()) {
      return false;
    }
    boolean changed = now.get().highestModseq() != modseq;
    if (!changed && (vanished.isEmpty() || !mayExpunge)) {
      return true;
    }
    SequenceNumbers known = numbers();
    List<MessageRow> flagged = changed ? take(known, out) : List.of();
    if (mayExpunge) {
      for (int number : known.remove(vanished)) {
        out.text("* ").number(number).text(" EXPUNGE").crlf();
      }
      vanished = UidSet.NONE;
    }
    for (MessageRow row : flagged) {
      int number = known.number(row.uid());
      if (number > 0) {
        FlagsResponse.write(out, number, row, condstore);
      }
    }
    return true;
  }

  /** Takes new messages into the view and returns the rows whose flags changed. */
  private List<MessageRow> take(SequenceNumbers known, ResponseWriter out) throws IOException {
    Changes changes = mail.changesSince(id(), modseq);
    long highest = known.count() == 0 ? start.uidNext() - 1 : known.uid(known.count());
    long next = Math.max(highest + 1, known.next());
    long[] arrived =
        changes.rows().stream().mapToLong(MessageRow::uid).filter(uid -> uid >= next).toArray();
    List<MessageRow> flagged =
        changes.rows().stream()
            .filter(row -> row.uid() < next && !told.contains(row.modseq()))
            .toList();
    told.clear();
    UidSet gone = changes.complete() ? changes.vanished() : known.without(mail.uids(id()));
    List<UidSet.Range> all = new ArrayList<>(vanished.ranges());
    all.addAll(gone.ranges());
    vanished = new UidSet(all);
    modseq = Math.max(modseq, changes.highestModseq());
    if (arrived.length > 0) {
      known.add(arrived);
      out.text("* ").number(known.count()).text(" EXISTS").crlf();
    }
    return flagged;
  }

  /** The view cannot be kept: the session ends, and the client selects anew. */
  static final class ViewLostException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ViewLostException(String message) {
      super(message);
    }
  }
}
