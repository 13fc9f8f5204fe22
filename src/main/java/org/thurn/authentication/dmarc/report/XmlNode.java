package org.thurn.authentication.dmarc.report;

import java.util.List;
import java.util.Optional;

/**
 * An element of a received report.
 *
 * @param name without prefix
 * @param text its own, without white space around it, cut to length
 */
record XmlNode(String name, String text, List<XmlNode> children) {
  Optional<XmlNode> child(String wanted) {
    return children.stream().filter(c -> c.name.equals(wanted)).findFirst();
  }

  List<XmlNode> all(String wanted) {
    return children.stream().filter(c -> c.name.equals(wanted)).toList();
  }

  /** The text of a child; empty if there is none, or nothing in it. */
  Optional<String> text(String wanted) {
    return child(wanted).map(XmlNode::text).filter(t -> !t.isEmpty());
  }

  /** The text of a child, or "". */
  String textOrEmpty(String wanted) {
    return text(wanted).orElse("");
  }
}
