package org.thurn.access.imap.grammar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.access.imap.grammar.FetchItem.Attribute;
import org.thurn.access.imap.grammar.FetchItem.Name;
import org.thurn.access.imap.grammar.FetchItem.Octets;
import org.thurn.access.imap.grammar.FetchItem.Partial;
import org.thurn.access.imap.grammar.FetchItem.Section;
import org.thurn.access.imap.grammar.FetchItem.Structure;
import org.thurn.access.imap.grammar.FetchItem.Text;

/** The items of a FETCH: RFC 9051 §6.4.5, RFC 3501's RFC822 items, RFC 7162, RFC 8474, RFC 8514. */
final class FetchParser {
  private static final Section MESSAGE = new Section(List.of(), Text.WHOLE, List.of());
  private static final int MAX_PARTS = 100;
  private static final int MAX_ITEMS = 500;

  private final Grammar grammar;

  FetchParser(Grammar grammar) {
    this.grammar = grammar;
  }

  /** {@code "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")"}. */
  List<FetchItem> items() throws IOException, ImapSyntaxException {
    List<FetchItem> items = new ArrayList<>();
    if (!grammar.at('(')) {
      addTo(items);
      return items;
    }
    grammar.list(() -> addTo(items));
    if (items.isEmpty() || items.size() > MAX_ITEMS) {
      throw new ImapSyntaxException("Bad number of items");
    }
    return items;
  }

  /** Macros within a list are more than the grammar allows, and harmless. */
  private void addTo(List<FetchItem> items) throws IOException, ImapSyntaxException {
    String word = grammar.word();
    switch (word) {
      case "FAST", "ALL", "FULL" -> {
        items.add(Attribute.FLAGS);
        items.add(Attribute.INTERNALDATE);
        items.add(Attribute.RFC822_SIZE);
        if (!word.equals("FAST")) {
          items.add(Structure.ENVELOPE);
        }
        if (word.equals("FULL")) {
          items.add(Structure.BODY);
        }
      }
      default -> items.add(item(word));
    }
  }

  private FetchItem item(String word) throws IOException, ImapSyntaxException {
    return switch (word) {
      case "FLAGS" -> Attribute.FLAGS;
      case "UID" -> Attribute.UID;
      case "INTERNALDATE" -> Attribute.INTERNALDATE;
      case "RFC822.SIZE" -> Attribute.RFC822_SIZE;
      case "MODSEQ" -> Attribute.MODSEQ;
      case "EMAILID" -> Attribute.EMAILID;
      case "THREADID" -> Attribute.THREADID;
      case "SAVEDATE" -> Attribute.SAVEDATE;
      case "ENVELOPE" -> Structure.ENVELOPE;
      case "BODYSTRUCTURE" -> Structure.BODYSTRUCTURE;
      case "BODY" -> grammar.at('[') ? octets(Name.BODY, false) : Structure.BODY;
      case "BODY.PEEK" -> octets(Name.BODY, true);
      case "BINARY" -> octets(Name.BINARY, false);
      case "BINARY.PEEK" -> octets(Name.BINARY, true);
      case "BINARY.SIZE" -> binarySize();
      case "RFC822" -> old(Text.WHOLE, false);
      case "RFC822.HEADER" -> old(Text.HEADER, true);
      case "RFC822.TEXT" -> old(Text.TEXT, false);
      default -> throw new ImapSyntaxException("Unknown item " + word);
    };
  }

  private static FetchItem old(Text text, boolean peek) {
    Section section = text == Text.WHOLE ? MESSAGE : new Section(List.of(), text, List.of());
    return new Octets(Name.RFC822, peek, section, Optional.empty());
  }

  private FetchItem octets(Name name, boolean peek) throws IOException, ImapSyntaxException {
    grammar.expect('[');
    Section section = name == Name.BINARY ? binary() : section();
    grammar.expect(']');
    return new Octets(name, peek, section, partial());
  }

  private FetchItem binarySize() throws ImapSyntaxException {
    grammar.expect('[');
    Section section = binary();
    grammar.expect(']');
    return new FetchItem.BinarySize(section.part());
  }

  /** {@code section-binary = "[" [section-part] "]"}. */
  private Section binary() throws ImapSyntaxException {
    List<Integer> part = new ArrayList<>();
    while (!grammar.at(']')) {
      if (!part.isEmpty()) {
        grammar.expect('.');
      }
      part.add(partNumber(part));
    }
    return new Section(part, Text.WHOLE, List.of());
  }

  /** {@code section-spec = section-msgtext / (section-part ["." section-text])}. */
  private Section section() throws IOException, ImapSyntaxException {
    List<Integer> part = new ArrayList<>();
    while (!grammar.at(']')) {
      if (!grammar.atSequenceSet()) {
        return text(part);
      }
      part.add(partNumber(part));
      if (!grammar.accept('.')) {
        break;
      }
    }
    return new Section(part, Text.WHOLE, List.of());
  }

  private int partNumber(List<Integer> before) throws ImapSyntaxException {
    long number = grammar.nzNumber();
    if (before.size() >= MAX_PARTS) {
      throw new ImapSyntaxException("Part too deep");
    }
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  private Section text(List<Integer> part) throws IOException, ImapSyntaxException {
    String word = grammar.word();
    return switch (word) {
      case "HEADER" -> new Section(part, Text.HEADER, List.of());
      case "TEXT" -> new Section(part, Text.TEXT, List.of());
      case "HEADER.FIELDS" -> new Section(part, Text.HEADER_FIELDS, fields());
      case "HEADER.FIELDS.NOT" -> new Section(part, Text.HEADER_FIELDS_NOT, fields());
      case "MIME" -> {
        if (part.isEmpty()) {
          throw new ImapSyntaxException("MIME needs a part");
        }
        yield new Section(part, Text.MIME, List.of());
      }
      default -> throw new ImapSyntaxException("Unknown section " + word);
    };
  }

  /** {@code header-list}. */
  private List<String> fields() throws IOException, ImapSyntaxException {
    List<String> fields = new ArrayList<>();
    grammar.sp();
    grammar.list(() -> fields.add(grammar.astring()));
    return fields;
  }

  /** {@code partial = "<" number64 "." nz-number64 ">"}. */
  private Optional<Partial> partial() throws ImapSyntaxException {
    if (!grammar.accept('<')) {
      return Optional.empty();
    }
    long offset = grammar.number();
    grammar.expect('.');
    long length = grammar.number();
    grammar.expect('>');
    return Optional.of(new Partial(offset, length));
  }
}
