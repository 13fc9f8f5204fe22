package org.thurn.access.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.access.imap.grammar.FetchItem;
import org.thurn.access.imap.grammar.FetchItem.Attribute;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapDates;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.mailbox.Email;
import org.thurn.mailbox.EmailId;
import org.thurn.mailbox.FlagChange;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.StoredFlags;
import org.thurn.mailbox.SystemFlag;
import org.thurn.mailbox.UidSet;

/** FETCH (RFC 9051 §6.4.5), a few messages at a time. */
final class FetchCommand {
  private static final int ROWS = 5_000;
  private static final int EMAILS = 200;

  private final ImapSession session;
  private final SelectedMailbox selected;
  private final ImapCommand.Fetch command;
  private final List<FetchItem> items;
  private final SectionResponse sections;
  private final Attribute[] attributes;
  private final boolean looksInside;
  private final boolean needsOctets;
  private final boolean setsSeen;

  FetchCommand(ImapSession session, ImapCommand.Fetch command) {
    this.session = session;
    this.selected = session.selected();
    this.command = command;
    this.sections = new SectionResponse(session.out());
    this.items = items(command);
    this.attributes =
        items.stream()
            .filter(Attribute.class::isInstance)
            .map(Attribute.class::cast)
            .toArray(Attribute[]::new);
    this.looksInside = items.stream().anyMatch(item -> !(item instanceof Attribute));
    this.needsOctets =
        items.stream()
            .anyMatch(
                item -> item instanceof FetchItem.Octets || item instanceof FetchItem.BinarySize);
    this.setsSeen =
        !selected.readOnly()
            && items.stream()
                .anyMatch(item -> item instanceof FetchItem.Octets octets && !octets.peek());
  }

  /** UID FETCH tells the UID, CHANGEDSINCE the MODSEQ, whether asked or not. */
  private static List<FetchItem> items(ImapCommand.Fetch command) {
    List<FetchItem> items = new ArrayList<>();
    if (command.uid()) {
      items.add(Attribute.UID);
    }
    if (command.changedSince().isPresent()) {
      items.add(Attribute.MODSEQ);
    }
    for (FetchItem item : command.items()) {
      if (!items.contains(item)) {
        items.add(item);
      }
    }
    return items;
  }

  Completion run() throws IOException, ImapSyntaxException {
    if (items.contains(Attribute.MODSEQ)) {
      session.enableCondstore(); // RFC 7162 §3.1
    }
    UidSet wanted = selected.resolve(command.set(), command.uid());
    int page = looksInside ? EMAILS : ROWS;
    RowsAhead rows = new RowsAhead(session.mail(), selected.id(), wanted, selected.numbers(), page);
    while (rows.hasNext()) {
      respond(rows.next());
    }
    return sections.unknownEncoding()
        ? Completion.no("UNKNOWN-CTE", "A part has an unknown transfer encoding")
        : Completion.ok("Completed");
  }

  private void respond(List<MessageRow> found) throws IOException {
    if (!looksInside && command.changedSince().isEmpty()) {
      rows(found);
      return;
    }
    List<MessageRow> rows = new ArrayList<>(found);
    rows.removeIf(row -> row.modseq() <= command.changedSince().orElse(-1));
    Map<Long, MessageRow> seen = setsSeen ? setSeen(rows) : Map.of();
    Map<EmailId, Email> emails =
        looksInside
            ? session.mail().emails(rows.stream().map(MessageRow::email).toList())
            : Map.of();
    for (MessageRow row : rows) {
      int number = selected.numbers().number(row.uid());
      Optional<Email> email = Optional.ofNullable(emails.get(row.email()));
      if (number == 0 || (looksInside && email.isEmpty())) {
        continue; // gone meanwhile: its EXPUNGE follows
      }
      MessageRow now = seen.getOrDefault(row.uid(), row);
      respond(number, new StoredMessage(session.mail(), now, email), seen.containsKey(row.uid()));
    }
  }

  /** What the rows tell by themselves: a client that looks at 100,000 flags waits for this. */
  private void rows(List<MessageRow> rows) throws IOException {
    ResponseWriter out = session.out();
    SequenceNumbers numbers = selected.numbers();
    for (MessageRow row : rows) {
      int number = numbers.number(row.uid());
      if (number > 0) {
        out.text("* ").number(number).text(" FETCH (");
        for (int i = 0; i < attributes.length; i++) {
          attribute(attributes[i], row, i > 0);
        }
        out.octet(')').crlf();
      }
    }
  }

  /** Sets {@code \Seen} on those that lack it; their flags are told with the rest. */
  private Map<Long, MessageRow> setSeen(List<MessageRow> rows) {
    List<Long> unseen =
        rows.stream()
            .filter(row -> !row.flags().has(SystemFlag.SEEN))
            .map(MessageRow::uid)
            .toList();
    Map<Long, MessageRow> changed = new HashMap<>();
    if (!unseen.isEmpty()) {
      FlagChange seen = new FlagChange.Add(Flags.of(SystemFlag.SEEN));
      StoredFlags stored = session.mail().store(selected.id(), UidSet.of(unseen), seen);
      for (MessageRow row : stored.rows()) {
        selected.told(row.modseq());
        changed.put(row.uid(), row);
      }
    }
    return changed;
  }

  private void respond(int number, StoredMessage message, boolean flagsChanged) throws IOException {
    ResponseWriter out = session.out();
    if (looksInside && !message.isThere(needsOctets)) {
      return;
    }
    out.text("* ").number(number).text(" FETCH (");
    boolean first = true;
    for (FetchItem item : items) {
      if (!first) {
        out.octet(' ');
      }
      first = false;
      respond(item, message);
    }
    if (flagsChanged && !items.contains(Attribute.FLAGS)) {
      FlagsResponse.flags(out.octet(' '), message.row().flags());
    }
    if (flagsChanged && session.condstore() && !items.contains(Attribute.MODSEQ)) {
      FlagsResponse.modseq(out.octet(' '), message.row());
    }
    out.octet(')').crlf();
  }

  private void respond(FetchItem item, StoredMessage message) throws IOException {
    ResponseWriter out = session.out();
    switch (item) {
      case Attribute attribute -> attribute(attribute, message.row(), false);
      case FetchItem.Structure structure -> {
        out.text(structure.name()).octet(' ');
        switch (structure) {
          case ENVELOPE -> out.octets(message.summary().envelope());
          case BODY -> out.octets(message.summary().body());
          case BODYSTRUCTURE -> out.octets(message.summary().structure());
        }
      }
      case FetchItem.Octets octets -> sections.octets(octets, message);
      case FetchItem.BinarySize size -> sections.binarySize(size, message);
    }
  }

  private void attribute(Attribute attribute, MessageRow row, boolean space) throws IOException {
    ResponseWriter out = space ? session.out().octet(' ') : session.out();
    switch (attribute) {
      case FLAGS -> FlagsResponse.flags(out, row.flags());
      case UID -> out.text("UID ").number(row.uid());
      case INTERNALDATE ->
          out.text("INTERNALDATE \"").text(ImapDates.format(row.internalDate())).octet('"');
      case RFC822_SIZE -> out.text("RFC822.SIZE ").number(row.size());
      case MODSEQ -> FlagsResponse.modseq(out, row);
      case EMAILID -> out.text("EMAILID (").text(row.email().text()).octet(')');
      case THREADID -> out.text("THREADID (").text(row.thread().text()).octet(')');
      case SAVEDATE -> out.text("SAVEDATE \"").text(ImapDates.format(row.saveDate())).octet('"');
    }
  }
}
