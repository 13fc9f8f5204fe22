package org.thurn.mailbox;

import java.util.Optional;
import org.thurn.store.BodyId;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.StoreView;

/** Checks the mail of accounts: rows, counters, and who holds which body. */
public final class MailboxCheck implements RoomCheck {
  @Override
  public String kind() {
    return MailStore.KIND;
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    new AccountCheck(view, partition, new PartitionReport(partition, to)).run();
  }

  @Override
  public Optional<String> holders() {
    return Optional.of(Change.HOLDER);
  }

  @Override
  public void checkHolder(StoreView view, BodyId body, String holder, Findings to) {
    if (!names(view, body, holder)) {
      new PartitionReport(new Partition(MailStore.KIND, "*"), to)
          .stray(body.text() + " " + holder, "a holder without an email");
    }
  }

  /** {@code account:PARTITION/EMAIL}, as {@link Change#holder} writes it. */
  private static boolean names(StoreView view, BodyId body, String holder) {
    int slash = holder.lastIndexOf('/');
    try {
      Partition partition =
          new Partition(MailStore.KIND, holder.substring(Change.HOLDER.length(), slash));
      EmailId email = new EmailId(Long.parseLong(holder.substring(slash + 2)));
      return Change.holder(partition, email).equals(holder)
          && view.read(partition)
              .get(RowKey.email(email))
              .filter(row -> isOf(row, body))
              .isPresent();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return false; // not what holder() makes
    }
  }

  private static boolean isOf(byte[] row, BodyId body) {
    try {
      return EmailRow.of(row).body().equals(body);
    } catch (RuntimeException e) {
      return true; // the account's own check says that it cannot be read
    }
  }
}
