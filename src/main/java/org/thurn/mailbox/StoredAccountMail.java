package org.thurn.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.thurn.store.Body;
import org.thurn.store.Commit;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Staged;
import org.thurn.store.Store;
import org.thurn.time.Time;

/**
 * An account's mail in its partition. Each method is one snapshot or one update; what changes or
 * removes many messages is several.
 */
final class StoredAccountMail implements AccountMail {
  /** Messages that one commit changes, at the most: no commit grows with the mailbox. */
  private static final int AT_ONCE = 5_000;

  private final Store store;
  private final Partition partition;
  private final Time time;
  private final Supplier<Quota> quota;

  StoredAccountMail(Store store, Partition partition, Time time, Supplier<Quota> quota) {
    this.store = store;
    this.partition = partition;
    this.time = time;
    this.quota = quota;
  }

  /** Makes the first mailboxes unless they are there. */
  void ensure() {
    boolean there = read(rows -> rows.get(RowKey.ACCOUNT).isPresent());
    if (!there) {
      write(change -> true);
    }
  }

  private <T> T read(Function<Rows, T> work) {
    try (Snapshot snapshot = store.read(partition)) {
      return work.apply(Rows.of(snapshot));
    }
  }

  private <T> T readMailbox(MailboxId id, T ifGone, ReadMailbox<T> work) {
    return read(
        rows ->
            rows.get(RowKey.mailbox(id))
                .map(row -> work.read(rows, MailboxRow.of(id, row)))
                .orElse(ifGone));
  }

  private <T> Commit<T> update(Durability durability, Function<Change, T> work) {
    return store.update(
        partition,
        durability,
        txn -> {
          Change change = new Change(txn, partition, time.now());
          T value = work.apply(change);
          change.finish();
          return value;
        });
  }

  private <T> T write(Function<Change, T> work) {
    return update(Durability.SYNCED, work).value();
  }

  @Override
  public List<MailboxInfo> mailboxes() {
    return read(MailboxList::infos);
  }

  @Override
  public Optional<MailboxId> find(MailboxName name) {
    return read(rows -> MailboxList.find(rows, name));
  }

  @Override
  public MailboxOutcome create(MailboxName name) {
    return write(change -> MailboxList.create(change, name));
  }

  @Override
  public MailboxOutcome delete(MailboxName name) {
    Optional<MailboxId> large = find(name).filter(this::isLarge);
    if (large.isPresent()) {
      MailboxOutcome outcome = write(change -> MailboxList.mayDelete(change, name));
      if (outcome != MailboxOutcome.DONE) {
        return outcome;
      }
      remove(large.get(), UidSet.ALL);
      new Purge(store, partition).tombstones(large.get(), Instant.MAX);
    }
    return write(change -> MailboxList.delete(change, name));
  }

  private boolean isLarge(MailboxId id) {
    return status(id).map(MailboxStatus::messages).orElse(0L) > AT_ONCE;
  }

  @Override
  public MailboxOutcome rename(MailboxName from, MailboxName to) {
    return write(change -> MailboxList.rename(change, from, to));
  }

  @Override
  public List<MailboxName> subscriptions() {
    return read(MailboxList::subscriptions);
  }

  @Override
  public MailboxOutcome subscribe(MailboxName name, boolean subscribed) {
    return write(change -> MailboxList.subscribe(change, name, subscribed));
  }

  @Override
  public Optional<MailboxStatus> status(MailboxId mailbox) {
    return readMailbox(mailbox, Optional.empty(), (rows, row) -> Optional.of(row.status()));
  }

  @Override
  public OptionalLong firstUnseen(MailboxId mailbox) {
    return readMailbox(mailbox, OptionalLong.empty(), Messages::firstUnseen);
  }

  @Override
  public long[] uids(MailboxId mailbox) {
    return readMailbox(mailbox, new long[0], (rows, row) -> Messages.uids(rows, mailbox));
  }

  @Override
  public List<MessageRow> messages(MailboxId mailbox, UidSet uids, int limit) {
    return readMailbox(mailbox, List.of(), (rows, row) -> Messages.of(rows, row, uids, limit));
  }

  @Override
  public Changes changesSince(MailboxId mailbox, long modseq) {
    return readMailbox(
        mailbox,
        new Changes(List.of(), UidSet.NONE, modseq, false),
        (rows, row) -> Messages.since(rows, row, modseq));
  }

  @Override
  public Optional<Email> email(EmailId id) {
    return Optional.ofNullable(emails(List.of(id)).get(id));
  }

  @Override
  public Map<EmailId, Email> emails(Collection<EmailId> ids) {
    return read(rows -> Messages.emails(rows, ids));
  }

  @Override
  public Optional<Content> content(Email email) {
    return store.body(email.body()).map(body -> new Content(email.prefix(), body));
  }

  @Override
  public Usage usage() {
    return read(
        rows ->
            rows.get(RowKey.ACCOUNT)
                .map(row -> AccountRow.of(row).usage())
                .orElse(new Usage(0, 0)));
  }

  @Override
  public Quota quota() {
    return quota.get();
  }

  @Override
  public Commit<Delivery> deliver(
      DeliveryMark mark, MailboxName mailbox, Body body, NewEmail email) {
    Quota allowed = quota();
    return update(
        Durability.RELAXED, change -> deliver(change, mark, mailbox, body, email, allowed));
  }

  private Delivery deliver(
      Change change,
      DeliveryMark mark,
      MailboxName name,
      Body body,
      NewEmail email,
      Quota allowed) {
    byte[] key = RowKey.mark(mark);
    Optional<byte[]> done = change.rows().get(key);
    if (done.isPresent()) {
      Mark before = Mark.of(done.get());
      return new Delivery.AlreadyDelivered(before.mailbox(), before.uid());
    }
    if (!allowed.allows(change.usage(), body.size() + email.prefix().length, 1)) {
      return new Delivery.OverQuota();
    }
    MailboxRow asked = change.find(name);
    MailboxRow mailbox = asked != null ? asked : change.inbox();
    EmailId id = change.newEmail(body.id(), body.size(), email);
    MessageRow row = change.place(mailbox, id, email.flags(), email.internalDate());
    change.txn().hold(body.id(), change.holder(id));
    change.txn().put(key, new Mark(row.saveDate(), mailbox.name, row.uid()).bytes());
    return new Delivery.Stored(mailbox.name, row.uid());
  }

  @Override
  public Append append(MailboxId id, Staged body, NewEmail email) {
    Quota allowed = quota();
    return write(
        change -> {
          MailboxRow mailbox = change.mailbox(id);
          if (mailbox == null) {
            return new Append.NoMailbox();
          }
          if (!allowed.allows(change.usage(), body.size() + email.prefix().length, 1)) {
            return new Append.OverQuota();
          }
          EmailId made = change.newEmail(body.id(), body.size(), email);
          MessageRow row = change.place(mailbox, made, email.flags(), email.internalDate());
          change.txn().attach(body, change.holder(made));
          return new Append.Stored(mailbox.uidValidity, row.uid(), made);
        });
  }

  @Override
  public Copy copy(MailboxId from, UidSet uids, MailboxId to) {
    return copy(from, uids, to, false);
  }

  @Override
  public Copy move(MailboxId from, UidSet uids, MailboxId to) {
    return copy(from, uids, to, true);
  }

  private Copy copy(MailboxId from, UidSet uids, MailboxId to, boolean andRemove) {
    Quota allowed = quota();
    return write(
        change -> {
          MailboxRow target = change.mailbox(to);
          if (target == null) {
            return new Copy.NoMailbox();
          }
          MailboxRow source = change.mailbox(from);
          List<MessageRow> rows =
              source == null ? List.of() : Messages.of(change.rows(), source, uids);
          long bytes = rows.stream().mapToLong(MessageRow::size).sum();
          if (!andRemove && !allowed.allows(change.usage(), bytes, rows.size())) {
            return new Copy.OverQuota();
          }
          List<Long> copies = new ArrayList<>();
          for (MessageRow row : rows) {
            copies.add(change.place(target, row.email(), row.flags(), row.internalDate()).uid());
            if (andRemove && source != null) {
              change.remove(source, row);
            }
          }
          List<Long> originals = rows.stream().map(MessageRow::uid).toList();
          return new Copy.Copied(target.uidValidity, originals, copies);
        });
  }

  @Override
  public StoredFlags store(MailboxId id, UidSet uids, FlagChange flags, long unchangedSince) {
    List<MessageRow> stored = new ArrayList<>();
    List<UidSet.Range> modified = new ArrayList<>();
    inBatches(
            id, uids, (change, mailbox, rows) -> change.flag(mailbox, rows, flags, unchangedSince))
        .forEach(
            batch -> {
              stored.addAll(batch.rows());
              modified.addAll(batch.modified().ranges());
            });
    return new StoredFlags(List.copyOf(stored), new UidSet(modified));
  }

  /** Changes messages, a batch a commit, and gives what came of each batch. */
  private <T> List<T> inBatches(MailboxId id, UidSet uids, ChangeMessages<T> work) {
    List<T> results = new ArrayList<>();
    UidSet rest = uids;
    while (!rest.isEmpty()) {
      UidSet now = rest;
      Batch<T> batch = write(change -> batch(change, id, now, work));
      batch.result().ifPresent(results::add);
      rest = rest.after(batch.last());
    }
    return results;
  }

  private static <T> Batch<T> batch(
      Change change, MailboxId id, UidSet uids, ChangeMessages<T> work) {
    MailboxRow mailbox = change.mailbox(id);
    if (mailbox == null) {
      return new Batch<>(Optional.empty(), UidSet.MAX);
    }
    List<MessageRow> rows = Messages.of(change.rows(), mailbox, uids, AT_ONCE);
    long last = rows.size() < AT_ONCE ? UidSet.MAX : rows.getLast().uid();
    return new Batch<>(Optional.of(work.on(change, mailbox, rows)), last);
  }

  @Override
  public Expunged expunge(MailboxId mailbox, UidSet uids) {
    return remove(mailbox, uids, row -> row.flags().has(SystemFlag.DELETED));
  }

  @Override
  public Expunged remove(MailboxId mailbox, UidSet uids) {
    return remove(mailbox, uids, row -> true);
  }

  private Expunged remove(MailboxId id, UidSet uids, Predicate<MessageRow> which) {
    List<UidSet.Range> gone = new ArrayList<>();
    long modseq = 0;
    List<Expunged> batches =
        inBatches(id, uids, (change, mailbox, rows) -> change.remove(mailbox, rows, which));
    for (Expunged batch : batches) {
      gone.addAll(batch.uids().ranges());
      modseq = batch.modseq();
    }
    return new Expunged(new UidSet(gone), modseq);
  }

  @Override
  public void summarize(EmailId email, byte[] summary) {
    if (summary.length > Email.MAX_SUMMARY) {
      throw new IllegalArgumentException("the summary is too long");
    }
    update(
        Durability.RELAXED,
        change -> {
          // not for one that is gone: nobody would remove it
          if (change.rows().get(RowKey.email(email)).isPresent()) {
            change.txn().put(RowKey.summary(email), new RowOut().octets(summary).bytes());
          }
          return true;
        });
  }

  @Override
  public Store.Watch watch(Runnable listener) {
    return store.watch(partition, listener);
  }

  /** Reads one mailbox. */
  private interface ReadMailbox<T> {
    T read(Rows rows, MailboxRow mailbox);
  }

  /** Changes some messages of one mailbox. */
  private interface ChangeMessages<T> {
    T on(Change change, MailboxRow mailbox, List<MessageRow> rows);
  }

  /** What came of a batch, and the highest UID that it dealt with. */
  private record Batch<T>(Optional<T> result, long last) {}
}
