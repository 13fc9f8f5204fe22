package org.thurn.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thurn.name.Mailbox;
import org.thurn.store.Partition;
import org.thurn.store.Store;
import org.thurn.time.Time;

/** The mail of every account of one server. */
public final class MailStore {
  /** The kind of the partitions of accounts. */
  static final String KIND = "account";

  private static final int MAX_PARTITION = 200;
  private static final int MOST_MADE = 10_000;

  private final Store store;
  private final Time time;
  private final Function<Mailbox, Quota> quotas;
  private final Function<Mailbox, String> incarnations;

  /** Accounts that are known to have their first mailboxes: none is asked twice. */
  private final Set<Partition> made = ConcurrentHashMap.newKeySet();

  /** As below, for addresses that are never given to a second account. */
  public MailStore(Store store, Time time, Function<Mailbox, Quota> quotas) {
    this(store, time, quotas, address -> "");
  }

  /**
   * @param quotas what each account may hold; asked before each message that comes in
   * @param incarnations tells an account from a former one of the same address, whose mail the new
   *     one must not see: such as when it was made. Letters and digits, 30 at the most
   */
  public MailStore(
      Store store,
      Time time,
      Function<Mailbox, Quota> quotas,
      Function<Mailbox, String> incarnations) {
    this.store = store;
    this.time = time;
    this.quotas = quotas;
    this.incarnations = incarnations;
  }

  /**
   * The mail of {@code address}, made with INBOX and the mailboxes of {@link SpecialUse} at first
   * use. Whether there is such an account is the directory's question.
   *
   * @param address the account's canonical address; compared in lower case
   */
  public AccountMail account(Mailbox address) {
    Mailbox canonical = canonical(address);
    Partition partition = partition(canonical);
    StoredAccountMail mail =
        new StoredAccountMail(store, partition, time, () -> quotas.apply(canonical));
    if (!made.contains(partition)) {
      mail.ensure();
      if (made.size() >= MOST_MADE) {
        made.clear();
      }
      made.add(partition);
    }
    return mail;
  }

  private static Mailbox canonical(Mailbox address) {
    return new Mailbox(address.local().folded(), address.host());
  }

  /**
   * The address and its incarnation, or the address's start and the hash of all where that is
   * longer than a partition's id.
   */
  private Partition partition(Mailbox canonical) {
    String incarnation = incarnations.apply(canonical);
    String text = canonical + (incarnation.isEmpty() ? "" : "#" + incarnation);
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
    each(id -> new Purge(store, new Partition(KIND, id)).run(before));
  }

  /**
   * Removes the mail of accounts that are no more. The first call that misses one notes when; the
   * first after {@code before} has come there removes its mail, so that a directory that was wrong
   * for a while costs nothing.
   *
   * @param accounts the addresses of all that there are
   */
  public void forget(Collection<Mailbox> accounts, Instant before) {
    Set<String> there = new HashSet<>();
    accounts.forEach(address -> there.add(partition(canonical(address)).id()));
    Instant now = time.now();
    each(
        id -> {
          Former account = new Former(store, new Partition(KIND, id));
          if (there.contains(id)) {
            account.isBack();
          } else {
            account.isGone(now, before);
            made.remove(new Partition(KIND, id));
          }
        });
  }

  private void each(Consumer<String> action) {
    List<String> ids = store.partitions(KIND, "", 1000);
    while (!ids.isEmpty()) {
      ids.forEach(action);
      ids = store.partitions(KIND, ids.getLast(), 1000);
    }
  }
}
