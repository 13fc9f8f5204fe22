package org.thurn.access.imap;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.UidSet;

/**
 * The rows of many messages, a page at a time. While one page is being told the next is read, so
 * that neither the store nor the client waits for the other; two pages are in memory at the most.
 */
final class RowsAhead {
  private final AccountMail mail;
  private final MailboxId mailbox;
  private final int page;
  private UidSet rest;
  private CompletableFuture<List<MessageRow>> next;

  /**
   * @param uids what is wanted; those that are not there are left out
   * @param page rows that one page has, at the most
   */
  RowsAhead(AccountMail mail, MailboxId mailbox, UidSet uids, int page) {
    this.mail = mail;
    this.mailbox = mailbox;
    this.page = page;
    this.rest = uids;
    this.next = read();
  }

  /** Whether there may be another page. */
  boolean hasNext() {
    return !rest.isEmpty();
  }

  /** The next rows, ascending; maybe none. */
  List<MessageRow> next() {
    List<MessageRow> rows = awaitNext();
    rest = rows.size() < page ? UidSet.NONE : rest.after(rows.getLast().uid());
    next = read();
    return rows;
  }

  private CompletableFuture<List<MessageRow>> read() {
    UidSet wanted = rest;
    return wanted.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : CompletableFuture.supplyAsync(
            () -> mail.messages(mailbox, wanted, page), Thread::startVirtualThread);
  }

  private List<MessageRow> awaitNext() {
    try {
      return next.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
