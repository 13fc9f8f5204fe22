package org.thurn.authentication.spf;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a check is: in whose record, and by which steps it came there.
 *
 * @param target {@code <domain>} of RFC 7208 §4.1
 */
record Place(TargetName target, List<Via> via) {
  Place {
    via = List.copyOf(via);
  }

  /** Where a check begins. */
  static Place of(String domain) {
    return new Place(TargetName.said(domain), List.of());
  }

  String domain() {
    return target.text();
  }

  /** Where the term of this place's record leads. */
  Place by(Term term, TargetName next) {
    Via step = new Via(domain(), term);
    return new Place(next, Stream.concat(via.stream(), Stream.of(step)).toList());
  }

  /** For people: "the record of b.example, reached from a.example by include:b.example". */
  String shown() {
    return shown(domain(), via);
  }

  static String shown(String domain, List<Via> via) {
    String record = "the record of " + Words.of(domain);
    if (via.isEmpty()) {
      return record;
    }
    String steps = via.stream().map(v -> Words.of(v.term())).collect(Collectors.joining(", "));
    return record + ", reached from " + Words.of(via.getFirst().domain()) + " by " + steps;
  }
}
