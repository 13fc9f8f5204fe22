package org.thurn.access.imap.grammar;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.thurn.access.imap.grammar.ImapCommand.SearchReturn;
import org.thurn.mailbox.FlagChange;
import org.thurn.mailbox.Flags;

/** {@code command = tag SP (command-any / command-auth / …) CRLF} of RFC 9051 §9. */
public final class ImapParser {
  private final ImapInput in;
  private final Grammar grammar;

  public ImapParser(ImapInput in) {
    this.in = in;
    this.grammar = new Grammar(in);
  }

  /** The tag, and the space after it. */
  public String tag() throws ImapSyntaxException {
    String tag = grammar.tag();
    grammar.sp();
    return tag;
  }

  /** The command after its tag, to its end; of an APPEND to before its message. */
  public ImapCommand command() throws IOException, ImapSyntaxException {
    String word = grammar.word();
    if (word.equals("APPEND")) {
      return append();
    }
    ImapCommand command = word.equals("UID") ? uid() : named(word);
    grammar.end();
    return command;
  }

  private ImapCommand named(String word) throws IOException, ImapSyntaxException {
    return switch (word) {
      case "CAPABILITY" -> new ImapCommand.Capability();
      case "NOOP" -> new ImapCommand.Noop();
      case "LOGOUT" -> new ImapCommand.Logout();
      case "ID" -> id();
      case "STARTTLS" -> new ImapCommand.StartTls();
      case "AUTHENTICATE" -> authenticate();
      case "LOGIN" -> new ImapCommand.Login(astring(), astring());
      case "ENABLE" -> enable();
      case "SELECT" -> select(false);
      case "EXAMINE" -> select(true);
      case "CREATE" -> new ImapCommand.Create(astring());
      case "DELETE" -> new ImapCommand.Delete(astring());
      case "RENAME" -> new ImapCommand.Rename(astring(), astring());
      case "SUBSCRIBE" -> new ImapCommand.Subscribe(astring(), true);
      case "UNSUBSCRIBE" -> new ImapCommand.Subscribe(astring(), false);
      case "LIST" -> new ListParser(grammar).list();
      case "LSUB" -> new ListParser(grammar).lsub();
      case "NAMESPACE" -> new ImapCommand.Namespace();
      case "STATUS" -> new ImapCommand.Status(astring(), statusItems());
      case "IDLE" -> new ImapCommand.Idle();
      default -> selected(word);
    };
  }

  private ImapCommand selected(String word) throws IOException, ImapSyntaxException {
    return switch (word) {
      case "CHECK" -> new ImapCommand.Check();
      case "CLOSE" -> new ImapCommand.Close();
      case "UNSELECT" -> new ImapCommand.Unselect();
      case "EXPUNGE" -> new ImapCommand.Expunge(Optional.empty());
      case "SEARCH" -> search(false);
      case "FETCH" -> fetch(false);
      case "STORE" -> store(false);
      case "COPY" -> new ImapCommand.Copy(false, set(), astring());
      case "MOVE" -> new ImapCommand.Move(false, set(), astring());
      default -> throw new ImapSyntaxException("Unknown command");
    };
  }

  private ImapCommand uid() throws IOException, ImapSyntaxException {
    grammar.sp();
    return switch (grammar.word()) {
      case "EXPUNGE" -> new ImapCommand.Expunge(Optional.of(set()));
      case "SEARCH" -> search(true);
      case "FETCH" -> fetch(true);
      case "STORE" -> store(true);
      case "COPY" -> new ImapCommand.Copy(true, set(), astring());
      case "MOVE" -> new ImapCommand.Move(true, set(), astring());
      default -> throw new ImapSyntaxException("Unknown command");
    };
  }

  private String astring() throws IOException, ImapSyntaxException {
    grammar.sp();
    return grammar.astring();
  }

  private SequenceSet set() throws ImapSyntaxException {
    grammar.sp();
    return grammar.sequenceSet();
  }

  /** {@code id-params-list} of RFC 2971 §3.3; 30 pairs at the most. */
  private ImapCommand id() throws IOException, ImapSyntaxException {
    grammar.sp();
    if (!grammar.at('(')) {
      grammar.nstring();
      return new ImapCommand.Id();
    }
    grammar.list(grammar::nstring);
    return new ImapCommand.Id();
  }

  private ImapCommand authenticate() throws ImapSyntaxException {
    grammar.sp();
    String mechanism = grammar.word();
    if (!grammar.accept(' ')) {
      return new ImapCommand.Authenticate(mechanism, Optional.empty());
    }
    return new ImapCommand.Authenticate(mechanism, Optional.of(in.rest()));
  }

  private ImapCommand enable() throws ImapSyntaxException {
    List<String> capabilities = new ArrayList<>();
    do {
      grammar.sp();
      capabilities.add(grammar.word());
    } while (grammar.at(' '));
    return new ImapCommand.Enable(capabilities);
  }

  /** {@code select-param}s are CONDSTORE alone. */
  private ImapCommand select(boolean readOnly) throws IOException, ImapSyntaxException {
    String mailbox = astring();
    List<String> parameters = new ArrayList<>();
    if (grammar.accept(' ')) {
      grammar.list(() -> parameters.add(grammar.word()));
    }
    if (!parameters.stream().allMatch("CONDSTORE"::equals)) {
      throw new ImapSyntaxException("Unknown parameter");
    }
    return new ImapCommand.Select(mailbox, readOnly, !parameters.isEmpty());
  }

  private List<ImapCommand.StatusItem> statusItems() throws IOException, ImapSyntaxException {
    grammar.sp();
    return new ListParser(grammar).statusItems();
  }

  /** {@code append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal}. */
  private ImapCommand append() throws IOException, ImapSyntaxException {
    String mailbox = astring();
    grammar.sp();
    Flags flags = Flags.NONE;
    if (grammar.at('(')) {
      flags = grammar.flagList();
      grammar.sp();
    }
    Optional<Instant> date = Optional.empty();
    if (grammar.at('"')) {
      OffsetDateTime time =
          ImapDates.dateTime(grammar.quoted())
              .orElseThrow(() -> new ImapSyntaxException("Bad date-time"));
      date = Optional.of(time.toInstant());
      grammar.sp();
    }
    if (!in.atLiteral()) {
      throw new ImapSyntaxException("Expected the message as a literal");
    }
    return new ImapCommand.Append(mailbox, flags, date, in.literal());
  }

  private ImapCommand search(boolean uid) throws IOException, ImapSyntaxException {
    grammar.sp();
    Optional<Set<SearchReturn>> returns = Optional.empty();
    Optional<String> charset = Optional.empty();
    SearchParser keys = new SearchParser(grammar);
    if (startsWith("RETURN")) {
      returns = Optional.of(searchReturns());
      grammar.sp();
    }
    if (startsWith("CHARSET")) {
      charset = Optional.of(astring());
      grammar.sp();
    }
    return new ImapCommand.Search(uid, returns, charset, keys.all((char) 0, 0));
  }

  /** Takes the word if it comes next. */
  private boolean startsWith(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.toUpperCase(in.peek(i)) != word.charAt(i)) {
        return false;
      }
    }
    if (in.peek(word.length()) != ' ') {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      in.take();
    }
    return true;
  }

  /** {@code RETURN ()} means ALL (RFC 9051 §6.4.4). */
  private Set<SearchReturn> searchReturns() throws IOException, ImapSyntaxException {
    Set<SearchReturn> returns = EnumSet.noneOf(SearchReturn.class);
    grammar.sp();
    grammar.list(
        () -> {
          String word = grammar.word();
          switch (word) {
            case "MIN" -> returns.add(SearchReturn.MIN);
            case "MAX" -> returns.add(SearchReturn.MAX);
            case "ALL" -> returns.add(SearchReturn.ALL);
            case "COUNT" -> returns.add(SearchReturn.COUNT);
            case "SAVE" -> returns.add(SearchReturn.SAVE);
            default -> throw new ImapSyntaxException("Unknown result option " + word);
          }
        });
    if (returns.isEmpty()) {
      returns.add(SearchReturn.ALL);
    }
    return returns;
  }

  private ImapCommand fetch(boolean uid) throws IOException, ImapSyntaxException {
    SequenceSet set = set();
    grammar.sp();
    List<FetchItem> items = new FetchParser(grammar).items();
    OptionalLong changedSince =
        grammar.accept(' ') ? modifier("CHANGEDSINCE") : OptionalLong.empty();
    return new ImapCommand.Fetch(uid, set, items, changedSince);
  }

  /** {@code "(" name SP mod-sequence ")"} of RFC 7162 §7. */
  private OptionalLong modifier(String name) throws ImapSyntaxException {
    grammar.expect('(');
    if (!grammar.word().equals(name)) {
      throw new ImapSyntaxException("Unknown modifier");
    }
    grammar.sp();
    long modseq = grammar.number();
    grammar.expect(')');
    return OptionalLong.of(modseq);
  }

  /** {@code store-att-flags}, after the modifier of RFC 7162 §3.1.3. */
  private ImapCommand store(boolean uid) throws ImapSyntaxException {
    SequenceSet set = set();
    grammar.sp();
    OptionalLong unchangedSince = OptionalLong.empty();
    if (grammar.at('(')) {
      unchangedSince = modifier("UNCHANGEDSINCE");
      grammar.sp();
    }
    String item = grammar.word();
    boolean silent = item.endsWith(".SILENT");
    grammar.sp();
    Flags flags = grammar.flags();
    FlagChange change =
        switch (silent ? item.substring(0, item.length() - 7) : item) {
          case "FLAGS" -> new FlagChange.Replace(flags);
          case "+FLAGS" -> new FlagChange.Add(flags);
          case "-FLAGS" -> new FlagChange.Remove(flags);
          default -> throw new ImapSyntaxException("Unknown item " + item);
        };
    return new ImapCommand.Store(uid, set, unchangedSince, change, silent);
  }
}
