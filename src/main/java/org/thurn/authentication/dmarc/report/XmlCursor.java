package org.thurn.authentication.dmarc.report;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a stranger's XML element by element, into nodes of limited size. A document type or an
 * entity of its own is refused: no report needs one, and they are how XML reads files and grows
 * without end.
 */
final class XmlCursor {
  /** Characters of one text; a host name has 253, an explanation should be terse. */
  static final int MAX_TEXT = 2_000;

  /** Elements within one record; a hundred signatures have four each. */
  static final int MAX_NODES = 2_000;

  /** Of elements within each other; RFC 9990 has six. */
  static final int MAX_DEPTH = 16;

  private final XMLStreamReader reader;
  private String prefix = "";
  private int nodes;

  private XmlCursor(XMLStreamReader reader) {
    this.reader = reader;
  }

  static XmlCursor open(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Some senders declare their prefixes wrongly; what belongs to us is told by the root's.
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return new XmlCursor(factory.createXMLStreamReader(in));
  }

  /** The root's name without prefix; its prefix is then that of our elements. */
  String root() throws XMLStreamException {
    while (reader.hasNext()) {
      if (next() == XMLStreamConstants.START_ELEMENT) {
        String name = reader.getLocalName();
        int colon = name.indexOf(':');
        prefix = name.substring(0, colon + 1);
        return name.substring(colon + 1);
      }
    }
    throw new XMLStreamException("there is no element");
  }

  /** The namespace that the root declares for its prefix, or "". */
  String rootNamespace() {
    String name = prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix.substring(0, prefix.length() - 1);
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String before = reader.getAttributePrefix(i);
      String local = reader.getAttributeLocalName(i);
      if (name.equals(before == null || before.isEmpty() ? local : before + ":" + local)) {
        return reader.getAttributeValue(i);
      }
    }
    return "";
  }

  /**
   * The name of the next element at the level below the root, which is then to be read or passed;
   * empty at the root's end.
   */
  Optional<String> nextName() throws XMLStreamException {
    while (reader.hasNext()) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return Optional.of(reader.getLocalName());
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether the element is one of ours by its prefix. */
  boolean isOurs(String name) {
    return name.startsWith(prefix) && name.indexOf(':', prefix.length()) < 0;
  }

  String local(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  /** Reads the element to its end. */
  XmlNode node() throws XMLStreamException {
    nodes = 0;
    return node(1);
  }

  private XmlNode node(int depth) throws XMLStreamException {
    if (++nodes > MAX_NODES) {
      throw new Refused("more than " + MAX_NODES + " elements in one");
    }
    if (depth > MAX_DEPTH) {
      throw new Refused("more than " + MAX_DEPTH + " elements within each other");
    }
    String name = local(reader.getLocalName());
    StringBuilder text = new StringBuilder();
    List<XmlNode> children = new ArrayList<>();
    while (true) {
      switch (next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (isOurs(reader.getLocalName())) {
            children.add(node(depth + 1));
          } else {
            pass();
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return new XmlNode(name, text.toString().strip(), children);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append(text);
        default -> {} // comments and the like
      }
    }
  }

  private void append(StringBuilder text) {
    int room = MAX_TEXT - text.length();
    text.append(
        reader.getTextCharacters(), reader.getTextStart(), Math.min(room, reader.getTextLength()));
  }

  /** Passes over the element to its end. */
  void pass() throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = next();
      depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
      depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
    }
  }

  private int next() throws XMLStreamException {
    int event;
    try {
      event = reader.next();
    } catch (RuntimeException e) {
      // the JDK's own mistake: of a broken document type it throws what it does not declare
      throw new Refused("the parser gave up: " + e.getMessage());
    }
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new Refused("it has a document type or an entity of its own");
    }
    return event;
  }

  /** What nobody needs, and no sender does by mistake: never to be forgiven. */
  static final class Refused extends XMLStreamException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
