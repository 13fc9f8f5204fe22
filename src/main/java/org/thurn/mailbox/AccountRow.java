package org.thurn.mailbox;

/** The counters of an account. */
final class AccountRow {
  long nextMailbox = MailboxId.INBOX.number();
  long nextEmail = 1;
  long modseq = 1;
  long lastUidValidity;
  long bytes;
  long messages;

  static AccountRow of(byte[] row) {
    RowIn in = new RowIn(row);
    AccountRow account = new AccountRow();
    account.nextMailbox = in.number();
    account.nextEmail = in.number();
    account.modseq = in.number();
    account.lastUidValidity = in.number();
    account.bytes = in.number();
    account.messages = in.number();
    return account;
  }

  byte[] bytes() {
    return new RowOut()
        .number(nextMailbox)
        .number(nextEmail)
        .number(modseq)
        .number(lastUidValidity)
        .number(bytes)
        .number(messages)
        .bytes();
  }

  Usage usage() {
    return new Usage(bytes, messages);
  }
}
