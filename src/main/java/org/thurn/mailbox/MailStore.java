package org.thurn.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.thurn.name.Mailbox;
import org.thurn.store.Partition;
import org.thurn.store.Store;
import org.thurn.time.Time;

/** The mail of every account of one server. */
public final class MailStore {
  private static final String KIND = "account";
  private static final int MAX_PARTITION = 200;

  private final Store store;
  private final Time time;
  private final Function<Mailbox, Quota> quotas;

  /**
   * @param quotas what each account may hold; asked before each message that comes in
   */
  public MailStore(Store store, Time time, Function<Mailbox, Quota> quotas) {
    this.store = store;
    this.time = time;
    this.quotas = quotas;
  }

  /**
   * The mail of {@code address}, made with INBOX and the mailboxes of {@link SpecialUse} at first
   * use. Whether there is such an account is the directory's question.
   *
   * @param address the account's canonical address; compared in lower case
   */
  public AccountMail account(Mailbox address) {
    Mailbox canonical = new Mailbox(address.local().folded(), address.host());
    StoredAccountMail mail =
        new StoredAccountMail(store, partition(canonical), time, () -> quotas.apply(canonical));
    mail.ensure();
    return mail;
  }

  /** The address itself, or its start and hash where it is longer than a partition's id. */
  static Partition partition(Mailbox canonical) {
    String text = canonical.toString();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= MAX_PARTITION) {
      return new Partition(KIND, text);
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(utf8);
      String start = text.substring(0, 30);
      return new Partition(KIND, start + "#" + HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * Forgets delivery marks and tombstones from before {@code before}, in every account. Marks must
   * outlive the queue's longest retry, tombstones the longest absence of a client that wants to
   * resynchronize quickly: 30 days serve both.
   */
  public void purge(Instant before) {
    String last = "";
    List<String> ids = store.partitions(KIND, last, 1000);
    while (!ids.isEmpty()) {
      ids.forEach(id -> new Purge(store, new Partition(KIND, id)).run(before));
      ids = store.partitions(KIND, ids.getLast(), 1000);
    }
  }
}
