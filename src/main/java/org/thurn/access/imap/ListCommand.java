package org.thurn.access.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.thurn.access.imap.grammar.ImapCommand.ListMailboxes;
import org.thurn.access.imap.grammar.ImapCommand.ListReturn;
import org.thurn.access.imap.grammar.ImapCommand.ListSelection;
import org.thurn.mailbox.MailboxInfo;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MailboxStatus;

/** LIST and LSUB (RFC 9051 §6.3.9, RFC 3501 §6.3.9, RFC 5258, RFC 6154), and NAMESPACE. */
final class ListCommand {
  private final ImapSession session;
  private final ListMailboxes command;
  private final List<ListPattern> patterns = new ArrayList<>();
  private final Map<MailboxName, MailboxInfo> mailboxes = new TreeMap<>();
  private final NavigableSet<MailboxName> subscriptions;
  private final boolean subscribedOnly;

  private ListCommand(ImapSession session, ListMailboxes command) {
    this.session = session;
    this.command = command;
    this.subscribedOnly = command.lsub() || command.selection().contains(ListSelection.SUBSCRIBED);
    this.subscriptions = new TreeSet<>(session.mail().subscriptions());
    for (String pattern : command.patterns()) {
      // a pattern that is no modified UTF-7 names no mailbox
      session.decoded(command.reference() + pattern).map(ListPattern::new).ifPresent(patterns::add);
    }
    for (MailboxInfo info : session.mail().mailboxes()) {
      mailboxes.put(info.name(), info);
    }
  }

  /** One namespace: the account's own, its levels parted by a slash (RFC 2342). */
  static Completion namespace(ImapSession session) throws IOException {
    session.out().untagged("NAMESPACE ((\"\" \"/\")) NIL NIL");
    return Completion.ok("Completed");
  }

  static Completion list(ImapSession session, ListMailboxes command) throws IOException {
    if (command.patterns().equals(List.of(""))) {
      // RFC 9051 §6.3.9: an empty pattern asks for the delimiter
      session.out().untagged((command.lsub() ? "LSUB" : "LIST") + " (\\Noselect) \"/\" \"\"");
      return Completion.ok("Completed");
    }
    new ListCommand(session, command).run();
    return Completion.ok("Completed");
  }

  private void run() throws IOException {
    Map<MailboxName, Optional<MailboxInfo>> all = new TreeMap<>();
    mailboxes.forEach((name, info) -> all.put(name, Optional.of(info)));
    if (subscribedOnly) {
      for (MailboxName name : subscriptions) {
        all.putIfAbsent(name, Optional.empty());
        for (MailboxName superior : name.superiors()) {
          all.putIfAbsent(superior, Optional.empty());
        }
      }
    }
    for (Map.Entry<MailboxName, Optional<MailboxInfo>> entry : all.entrySet()) {
      MailboxName name = entry.getKey();
      if (patterns.stream().anyMatch(pattern -> pattern.matches(name.text()))) {
        consider(name, entry.getValue());
      }
    }
  }

  private void consider(MailboxName name, Optional<MailboxInfo> info) throws IOException {
    boolean specialOnly = command.selection().contains(ListSelection.SPECIAL_USE);
    boolean special = info.flatMap(MailboxInfo::specialUse).isPresent();
    boolean subscribed = subscriptions.contains(name);
    boolean selected = (!subscribedOnly || subscribed) && (!specialOnly || special);
    boolean below = subscribedOnly && !below(name).isEmpty();
    if (selected) {
      boolean childInfo = below && command.selection().contains(ListSelection.RECURSIVEMATCH);
      respond(name, attributes(info, subscribed), childInfo);
      status(info);
    } else if (below && command.lsub() && isLeftOut(name)) {
      // RFC 3501 §6.3.9: % leaves the subscribed child out, so its superior stands for it
      respond(name, List.of("\\Noselect"), false);
    } else if (below && command.selection().contains(ListSelection.RECURSIVEMATCH)) {
      respond(name, attributes(info, false), true);
    }
  }

  /** The subscribed names below a name: one run of the order, since {@code 0} follows the slash. */
  private NavigableSet<MailboxName> below(MailboxName name) {
    return subscriptions.subSet(
        new MailboxName(name.text() + MailboxName.DELIMITER),
        true,
        new MailboxName(name.text() + (char) (MailboxName.DELIMITER + 1)),
        false);
  }

  /** Whether a subscribed mailbox below is not matched itself. */
  private boolean isLeftOut(MailboxName name) {
    return below(name).stream()
        .anyMatch(sub -> patterns.stream().noneMatch(pattern -> pattern.matches(sub.text())));
  }

  private List<String> attributes(Optional<MailboxInfo> info, boolean subscribed) {
    List<String> attributes = new ArrayList<>();
    if (info.isEmpty()) {
      attributes.add(command.lsub() ? "\\Noselect" : "\\NonExistent");
    } else {
      attributes.add(info.get().hasChildren() ? "\\HasChildren" : "\\HasNoChildren");
      info.get().specialUse().ifPresent(use -> attributes.add(use.attribute()));
    }
    if (subscribed && command.returns().contains(ListReturn.SUBSCRIBED)) {
      attributes.add("\\Subscribed");
    }
    return attributes;
  }

  private void respond(MailboxName name, List<String> attributes, boolean childInfo)
      throws IOException {
    ResponseWriter out = session.out();
    out.text(command.lsub() ? "* LSUB (" : "* LIST (");
    out.text(String.join(" ", attributes)).text(") \"/\" ");
    out.octets(session.wire(name.text()));
    if (childInfo) {
      out.text(" (\"CHILDINFO\" (\"SUBSCRIBED\"))");
    }
    out.crlf();
  }

  private void status(Optional<MailboxInfo> info) throws IOException {
    if (command.status().isEmpty() || info.isEmpty()) {
      return;
    }
    Optional<MailboxStatus> status = session.mail().status(info.get().id());
    if (status.isPresent()) {
      StatusCommand.respond(session, status.get(), command.status());
    }
  }
}
