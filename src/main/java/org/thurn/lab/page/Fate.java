package org.thurn.lab.page;

/**
 * Where one recipient's copy is.
 *
 * @param recipient the address as the last domain knows it
 * @param place the domain that has, or last had, the copy
 * @param words what happened there, with the peer's own words where there are any
 */
record Fate(String recipient, State state, Place place, String words) {
  /** The name is the class of its badge, and what the badge says. */
  enum State {
    QUEUED,
    WAITING,
    STORED,
    RELAYED,
    BOUNCED,
    EXPIRED,
    DISCARDED,
    REFUSED;

    String shown() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  Html.Element badge() {
    return Html.element("span", state.shown()).classed("badge " + state.shown());
  }
}
