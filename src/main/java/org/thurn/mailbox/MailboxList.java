package org.thurn.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.thurn.store.Snapshot.Pair;

/** The list of an account's mailboxes and of its subscriptions, and how they change. */
final class MailboxList {
  private static final int MAX_MAILBOXES = 2000;
  private static final int MAX_SUBSCRIPTIONS = 4000;

  private MailboxList() {}

  static Optional<MailboxId> find(Rows rows, MailboxName name) {
    return name.equals(MailboxName.INBOX)
        ? Optional.of(MailboxId.INBOX)
        : rows.get(RowKey.name(name)).map(row -> new MailboxId(new RowIn(row).number()));
  }

  /** All of them, ordered by name. */
  static List<MailboxRow> all(Rows rows) {
    List<MailboxRow> all = new ArrayList<>();
    rows.each(
        RowKey.MAILBOXES,
        pair -> all.add(MailboxRow.of(new MailboxId(RowKey.number(pair.key())), pair.value())));
    all.sort(Comparator.comparing(mailbox -> mailbox.name));
    return all;
  }

  static List<MailboxInfo> infos(Rows rows) {
    List<MailboxRow> all = all(rows);
    NavigableSet<MailboxName> names = new TreeSet<>();
    all.forEach(mailbox -> names.add(mailbox.name));
    Set<MailboxName> subscribed = new HashSet<>(subscriptions(rows));
    return all.stream()
        .map(
            mailbox ->
                new MailboxInfo(
                    mailbox.id,
                    mailbox.name,
                    subscribed.contains(mailbox.name),
                    hasInferior(names, mailbox.name),
                    mailbox.specialUse))
        .toList();
  }

  private static boolean hasInferior(NavigableSet<MailboxName> names, MailboxName name) {
    MailboxName first = names.ceiling(new MailboxName(name.text() + MailboxName.DELIMITER));
    return first != null && first.isBelow(name);
  }

  static List<MailboxName> subscriptions(Rows rows) {
    List<MailboxName> names = new ArrayList<>();
    rows.each(RowKey.SUBSCRIPTIONS, pair -> names.add(nameIn(pair)));
    names.sort(Comparator.naturalOrder());
    return names;
  }

  private static MailboxName nameIn(Pair pair) {
    return new MailboxName(
        new String(pair.key(), 1, pair.key().length - 1, StandardCharsets.UTF_8));
  }

  /** The special use that a new mailbox called {@code name} is for, if none has it. */
  static Optional<SpecialUse> freeUse(Rows rows, MailboxName name) {
    for (SpecialUse use : SpecialUse.values()) {
      if (use.firstName().equals(name)) {
        Optional<SpecialUse> free = Optional.of(use);
        return all(rows).stream().anyMatch(other -> other.specialUse.equals(free))
            ? Optional.empty()
            : free;
      }
    }
    return Optional.empty();
  }

  static MailboxOutcome subscribe(Change change, MailboxName name, boolean subscribed) {
    byte[] key = RowKey.subscription(name);
    boolean was = change.rows().get(key).isPresent();
    if (subscribed && !was) {
      if (subscriptions(change.rows()).size() >= MAX_SUBSCRIPTIONS) {
        return MailboxOutcome.LIMIT;
      }
      change.txn().put(key, new RowOut().bytes());
    } else if (was && !subscribed) {
      change.txn().delete(key);
    }
    return MailboxOutcome.DONE;
  }

  static MailboxOutcome create(Change change, MailboxName name) {
    if (find(change.rows(), name).isPresent()) {
      return MailboxOutcome.ALREADY_EXISTS;
    }
    List<MailboxName> names = new ArrayList<>(missingSuperiors(change, name));
    names.add(name);
    if (all(change.rows()).size() + names.size() > MAX_MAILBOXES) {
      return MailboxOutcome.LIMIT;
    }
    names.forEach(change::create);
    return MailboxOutcome.DONE;
  }

  private static List<MailboxName> missingSuperiors(Change change, MailboxName name) {
    return name.superiors().stream()
        .filter(superior -> find(change.rows(), superior).isEmpty())
        .toList();
  }

  /** DONE if it can be deleted. */
  static MailboxOutcome mayDelete(Change change, MailboxName name) {
    if (name.isInbox()) {
      return MailboxOutcome.CANNOT; // RFC 9051 §6.3.5
    }
    if (change.find(name) == null) {
      return MailboxOutcome.NONEXISTENT;
    }
    return below(change, name).isEmpty() ? MailboxOutcome.DONE : MailboxOutcome.HAS_CHILDREN;
  }

  static MailboxOutcome delete(Change change, MailboxName name) {
    MailboxOutcome outcome = mayDelete(change, name);
    MailboxRow mailbox = change.find(name);
    if (outcome != MailboxOutcome.DONE || mailbox == null) {
      return outcome;
    }
    for (MessageRow row : Messages.of(change.rows(), mailbox, UidSet.ALL)) {
      change.remove(mailbox, row);
    }
    change.drop(mailbox);
    return MailboxOutcome.DONE;
  }

  private static List<MailboxName> below(Change change, MailboxName name) {
    return all(change.rows()).stream()
        .map(mailbox -> mailbox.name)
        .filter(other -> other.isBelow(name))
        .toList();
  }

  static MailboxOutcome rename(Change change, MailboxName from, MailboxName to) {
    MailboxRow mailbox = change.find(from);
    if (mailbox == null) {
      return MailboxOutcome.NONEXISTENT;
    }
    if (change.find(to) != null) {
      return MailboxOutcome.ALREADY_EXISTS;
    }
    if (from.isInbox()) {
      return renameInbox(change, mailbox, to);
    }
    if (to.isBelow(from)) {
      return MailboxOutcome.CANNOT;
    }
    List<MailboxName> olds = new ArrayList<>(below(change, from));
    olds.add(from);
    List<MailboxName> missing = missingSuperiors(change, to);
    boolean fits =
        olds.stream().allMatch(old -> old.moved(from, to).isPresent())
            && all(change.rows()).size() + missing.size() <= MAX_MAILBOXES;
    if (!fits) {
      return MailboxOutcome.CANNOT;
    }
    missing.forEach(change::create);
    for (MailboxName old : olds) {
      change.rename(old, old.moved(from, to).orElseThrow());
    }
    return MailboxOutcome.DONE;
  }

  /** RFC 9051 §6.3.6: its messages move to a new mailbox, and INBOX stays, empty. */
  private static MailboxOutcome renameInbox(Change change, MailboxRow inbox, MailboxName to) {
    MailboxOutcome created = create(change, to);
    MailboxRow target = change.find(to);
    if (created != MailboxOutcome.DONE || target == null) {
      return created;
    }
    for (MessageRow row : Messages.of(change.rows(), inbox, UidSet.ALL)) {
      change.place(target, row.email(), row.flags(), row.internalDate());
      change.remove(inbox, row);
    }
    return MailboxOutcome.DONE;
  }
}
