package org.thurn.mailbox;

import java.util.function.Function;
import org.thurn.name.Mailbox;
import org.thurn.store.Store;
import org.thurn.time.Time;

/** The mail of every account of one server. */
public final class MailStore {
  /**
   * @param quotas what each account may hold; asked before each message that comes in
   */
  public MailStore(Store store, Time time, Function<Mailbox, Quota> quotas) {}

  /**
   * The mail of {@code address}, made with INBOX and the mailboxes of {@link SpecialUse} at first
   * use. Whether there is such an account is the directory's question.
   *
   * @param address the account's canonical address; compared in lower case
   */
  @SuppressWarnings("DoNotCallSuggester") // the seam only; the rows are not written yet
  public AccountMail account(Mailbox address) {
    throw new UnsupportedOperationException(address.toString());
  }
}
