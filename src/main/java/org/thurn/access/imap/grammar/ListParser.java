package org.thurn.access.imap.grammar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.thurn.access.imap.grammar.ImapCommand.ListMailboxes;
import org.thurn.access.imap.grammar.ImapCommand.ListReturn;
import org.thurn.access.imap.grammar.ImapCommand.ListSelection;
import org.thurn.access.imap.grammar.ImapCommand.StatusItem;

/** {@code list} of RFC 9051 §9: with selection options, several patterns and return options. */
final class ListParser {
  private static final int MAX_PATTERNS = 100;

  private final Grammar grammar;
  private final Set<ListSelection> selection = EnumSet.noneOf(ListSelection.class);
  private final Set<ListReturn> returns = EnumSet.noneOf(ListReturn.class);
  private final List<String> patterns = new ArrayList<>();
  private List<StatusItem> status = List.of();

  ListParser(Grammar grammar) {
    this.grammar = grammar;
  }

  ImapCommand lsub() throws IOException, ImapSyntaxException {
    grammar.sp();
    String reference = grammar.astring();
    grammar.sp();
    patterns.add(grammar.listMailbox());
    return new ListMailboxes(true, selection, reference, patterns, returns, status);
  }

  ImapCommand list() throws IOException, ImapSyntaxException {
    grammar.sp();
    if (grammar.at('(')) {
      grammar.list(this::selectionOption);
      grammar.sp();
    }
    // RFC 5258 §3.1: RECURSIVEMATCH modifies another option and cannot stand alone
    if (selection.contains(ListSelection.RECURSIVEMATCH)
        && !selection.contains(ListSelection.SUBSCRIBED)
        && !selection.contains(ListSelection.SPECIAL_USE)) {
      throw new ImapSyntaxException("RECURSIVEMATCH needs another option");
    }
    String reference = grammar.astring();
    grammar.sp();
    if (grammar.at('(')) {
      grammar.list(() -> patterns.add(grammar.listMailbox()));
    } else {
      patterns.add(grammar.listMailbox());
    }
    if (patterns.size() > MAX_PATTERNS) {
      throw new ImapSyntaxException("Too many patterns");
    }
    if (grammar.accept(' ')) {
      if (!grammar.word().equals("RETURN")) {
        throw new ImapSyntaxException("Expected RETURN");
      }
      grammar.sp();
      grammar.list(this::returnOption);
    }
    return new ListMailboxes(false, selection, reference, patterns, returns, status);
  }

  private void selectionOption() throws ImapSyntaxException {
    String word = grammar.word();
    switch (word) {
      case "SUBSCRIBED" -> {
        selection.add(ListSelection.SUBSCRIBED);
        returns.add(ListReturn.SUBSCRIBED); // RFC 5258 §3.1: it implies the return option
      }
      case "REMOTE" -> selection.add(ListSelection.REMOTE);
      case "RECURSIVEMATCH" -> selection.add(ListSelection.RECURSIVEMATCH);
      case "SPECIAL-USE" -> selection.add(ListSelection.SPECIAL_USE);
      default -> throw new ImapSyntaxException("Unknown selection option " + word);
    }
  }

  private void returnOption() throws IOException, ImapSyntaxException {
    String word = grammar.word();
    switch (word) {
      case "SUBSCRIBED" -> returns.add(ListReturn.SUBSCRIBED);
      case "CHILDREN" -> returns.add(ListReturn.CHILDREN);
      case "SPECIAL-USE" -> returns.add(ListReturn.SPECIAL_USE);
      case "STATUS" -> {
        grammar.sp();
        status = statusItems();
      }
      default -> throw new ImapSyntaxException("Unknown return option " + word);
    }
  }

  /** {@code "(" status-att *(SP status-att) ")"}. */
  List<StatusItem> statusItems() throws IOException, ImapSyntaxException {
    Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
    grammar.list(() -> items.add(statusItem(grammar.word())));
    if (items.isEmpty()) {
      throw new ImapSyntaxException("Expected a status item");
    }
    return List.copyOf(items);
  }

  private static StatusItem statusItem(String word) throws ImapSyntaxException {
    for (StatusItem item : StatusItem.values()) {
      if (item.name().equals(word)) {
        return item;
      }
    }
    throw new ImapSyntaxException("Unknown status item " + word);
  }
}
