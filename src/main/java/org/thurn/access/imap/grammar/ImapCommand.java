package org.thurn.access.imap.grammar;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.thurn.mailbox.FlagChange;
import org.thurn.mailbox.Flags;

/**
 * A command of IMAP4rev1, IMAP4rev2 and the extensions that we offer. Names of mailboxes are as the
 * client wrote them: whether they are UTF-8 or modified UTF-7 is the session's to know.
 */
public sealed interface ImapCommand {
  /** {@code command-any}. */
  sealed interface AnyState extends ImapCommand {}

  /** {@code command-nonauth}. */
  sealed interface NotAuthenticated extends ImapCommand {}

  /** {@code command-auth}. */
  sealed interface Authenticated extends ImapCommand {}

  /** {@code command-select}. */
  sealed interface Selected extends ImapCommand {}

  // ---- in any state

  record Capability() implements AnyState {}

  record Noop() implements AnyState {}

  record Logout() implements AnyState {}

  /** RFC 2971; what clients say of themselves is not kept. */
  record Id() implements AnyState {}

  // ---- before authentication

  record StartTls() implements NotAuthenticated {}

  /** The initial response is still in base64. */
  record Authenticate(String mechanism, Optional<String> initialResponse)
      implements NotAuthenticated {
    @Override
    public String toString() {
      return "AUTHENTICATE " + mechanism;
    }
  }

  record Login(String user, String password) implements NotAuthenticated {
    @Override
    public String toString() {
      return "LOGIN";
    }
  }

  // ---- authenticated

  record Enable(List<String> capabilities) implements Authenticated {}

  /** SELECT, or EXAMINE. */
  record Select(String mailbox, boolean readOnly, boolean condstore) implements Authenticated {}

  record Create(String mailbox) implements Authenticated {}

  record Delete(String mailbox) implements Authenticated {}

  record Rename(String from, String to) implements Authenticated {}

  /** SUBSCRIBE, or UNSUBSCRIBE. */
  record Subscribe(String mailbox, boolean subscribed) implements Authenticated {}

  /** What LIST chooses by (RFC 5258 §3.1, RFC 6154 §4). */
  enum ListSelection {
    SUBSCRIBED,
    REMOTE,
    RECURSIVEMATCH,
    SPECIAL_USE
  }

  /** What LIST tells beside (RFC 5258 §3.2, RFC 5819, RFC 6154 §4). */
  enum ListReturn {
    SUBSCRIBED,
    CHILDREN,
    SPECIAL_USE
  }

  /**
   * LIST, or LSUB.
   *
   * @param status the items of RETURN (STATUS (…)); empty without it
   */
  record ListMailboxes(
      boolean lsub,
      Set<ListSelection> selection,
      String reference,
      List<String> patterns,
      Set<ListReturn> returns,
      List<StatusItem> status)
      implements Authenticated {}

  record Namespace() implements Authenticated {}

  /** RFC 9051 §6.3.11, RFC 7162 §3.1.7, RFC 8474 §4.2. */
  enum StatusItem {
    MESSAGES,
    RECENT,
    UIDNEXT,
    UIDVALIDITY,
    UNSEEN,
    DELETED,
    SIZE,
    HIGHESTMODSEQ,
    MAILBOXID
  }

  record Status(String mailbox, List<StatusItem> items) implements Authenticated {}

  /** The message is still to be read. */
  record Append(String mailbox, Flags flags, Optional<Instant> date, ImapInput.Literal message)
      implements Authenticated {}

  record Idle() implements Authenticated {}

  // ---- selected

  record Check() implements Selected {}

  record Close() implements Selected {}

  record Unselect() implements Selected {}

  /** EXPUNGE, or UID EXPUNGE of some. */
  record Expunge(Optional<SequenceSet> uids) implements Selected {}

  /** {@code search-return-opt} of RFC 9051 §6.4.4. */
  enum SearchReturn {
    MIN,
    MAX,
    ALL,
    COUNT,
    SAVE
  }

  /**
   * SEARCH.
   *
   * @param returns empty without RETURN: the old SEARCH response is wanted
   */
  record Search(
      boolean uid, Optional<Set<SearchReturn>> returns, Optional<String> charset, SearchKey key)
      implements Selected {}

  record Fetch(boolean uid, SequenceSet set, List<FetchItem> items, OptionalLong changedSince)
      implements Selected {}

  record Store(
      boolean uid, SequenceSet set, OptionalLong unchangedSince, FlagChange change, boolean silent)
      implements Selected {}

  record Copy(boolean uid, SequenceSet set, String mailbox) implements Selected {}

  record Move(boolean uid, SequenceSet set, String mailbox) implements Selected {}
}
