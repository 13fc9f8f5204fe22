package org.thurn.mailbox;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.store.Body;
import org.thurn.store.Commit;
import org.thurn.store.Staged;
import org.thurn.store.Store;
import org.thurn.store.StoreException;

/**
 * The mail of one account. Everything but {@link #deliver} returns when it is durable, and reads
 * show only what is. Names are for the list of mailboxes; messages are reached by {@link
 * MailboxId}, which a rename does not change. A mailbox that was deleted meanwhile reads as an
 * empty one. Safe for many threads; every method may throw {@link StoreException}.
 */
public interface AccountMail {
  // ---- the list of mailboxes

  /** All mailboxes, ordered by name. */
  List<MailboxInfo> mailboxes();

  Optional<MailboxId> find(MailboxName name);

  /** Creates it and the superiors that lack. */
  MailboxOutcome create(MailboxName name);

  /** Deletes it with its messages. */
  MailboxOutcome delete(MailboxName name);

  /**
   * Renames it and its inferiors, and creates the superiors that lack. INBOX stays: its messages
   * move to the new mailbox, its inferiors stay (RFC 9051 §6.3.6).
   */
  MailboxOutcome rename(MailboxName from, MailboxName to);

  /** The names on the list of subscriptions, in order; a mailbox need not exist. */
  List<MailboxName> subscriptions();

  /** LIMIT if there are too many subscriptions, else DONE. */
  MailboxOutcome subscribe(MailboxName name, boolean subscribed);

  // ---- reading

  Optional<MailboxStatus> status(MailboxId mailbox);

  /** The lowest UID that lacks {@code \Seen}. */
  OptionalLong firstUnseen(MailboxId mailbox);

  /** The UIDs that are there, ascending: what sequence numbers count. */
  long[] uids(MailboxId mailbox);

  /** The messages of {@code uids} that are there, ascending, {@code limit} at the most. */
  List<MessageRow> messages(MailboxId mailbox, UidSet uids, int limit);

  /** What changed after {@code modseq}; 0 gives everything. */
  Changes changesSince(MailboxId mailbox, long modseq);

  Optional<Email> email(EmailId id);

  /** Many at once; those that are gone lack. */
  Map<EmailId, Email> emails(Collection<EmailId> ids);

  /** The octets, or empty if the message was removed meanwhile. */
  Optional<Content> content(Email email);

  /** As {@link #content(Email)} of the row's email. */
  default Optional<Content> content(MessageRow row) {
    return email(row.email()).flatMap(this::content);
  }

  Usage usage();

  Quota quota();

  // ---- writing

  /**
   * Stores a body that the queue holds, once for each mark. RELAXED: ask the commit when it is
   * durable. If {@code mailbox} does not exist it goes to INBOX.
   */
  Commit<Delivery> deliver(DeliveryMark mark, MailboxName mailbox, Body body, NewEmail email);

  /** Stores a staged body. */
  Append append(MailboxId mailbox, Staged body, NewEmail email);

  Copy copy(MailboxId from, UidSet uids, MailboxId to);

  /** Moves in one commit (RFC 9051 §6.4.8). Within one mailbox too: the UIDs are new. */
  Copy move(MailboxId from, UidSet uids, MailboxId to);

  /** Changes flags of every message of {@code uids}. */
  default StoredFlags store(MailboxId mailbox, UidSet uids, FlagChange change) {
    return store(mailbox, uids, change, Long.MAX_VALUE);
  }

  /**
   * Changes flags of those whose MODSEQ is at most {@code unchangedSince} (RFC 7162 §3.1.3); many
   * in several commits, each with a MODSEQ of its own.
   */
  StoredFlags store(MailboxId mailbox, UidSet uids, FlagChange change, long unchangedSince);

  /** Removes those of {@code uids} that have {@code \Deleted}; many in several commits. */
  Expunged expunge(MailboxId mailbox, UidSet uids);

  /** Removes {@code uids} whatever their flags are: POP3's DELE. */
  Expunged remove(MailboxId mailbox, UidSet uids);

  /** Keeps a summary with the message, for {@link Email#summary}; not waited for. */
  void summarize(EmailId email, byte[] summary);

  // ---- watching

  /** Calls {@code listener} after each durable change of the account, on an unnamed thread. */
  Store.Watch watch(Runnable listener);
}
