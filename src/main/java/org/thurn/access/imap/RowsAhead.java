package org.thurn.access.imap;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.UidSet;

/**
 * The rows of many messages, a page at a time. While one page is being told the next two are read,
 * so that a client that looks at a whole mailbox waits for neither the store nor one processor.
 */
final class RowsAhead {
  private static final int AHEAD = 2;

  private final AccountMail mail;
  private final MailboxId mailbox;
  private final SequenceNumbers numbers;
  private final int page;
  private final Queue<CompletableFuture<List<MessageRow>>> reading = new ArrayDeque<>();
  private UidSet rest;

  /**
   * @param uids what is wanted; those that are not there are left out
   * @param numbers the messages that the client knows of
   * @param page rows that one page has, at the most
   */
  RowsAhead(AccountMail mail, MailboxId mailbox, UidSet uids, SequenceNumbers numbers, int page) {
    this.mail = mail;
    this.mailbox = mailbox;
    this.numbers = numbers;
    this.page = page;
    this.rest = uids;
    readOn();
  }

  /** Whether there is another page. */
  boolean hasNext() {
    return !reading.isEmpty();
  }

  /** The next rows, ascending; maybe none. */
  List<MessageRow> next() {
    try {
      return reading.remove().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } finally {
      readOn();
    }
  }

  private void readOn() {
    while (reading.size() < AHEAD && !rest.isEmpty()) {
      UidSet wanted = numbers.first(page, rest);
      if (wanted.isEmpty()) {
        rest = UidSet.NONE;
        return;
      }
      rest = rest.after(wanted.last());
      reading.add(
          CompletableFuture.supplyAsync(
              () -> mail.messages(mailbox, wanted, page), Thread::startVirtualThread));
    }
  }
}
