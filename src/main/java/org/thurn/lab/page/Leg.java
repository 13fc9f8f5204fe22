package org.thurn.lab.page;

import org.thurn.journey.Event;
import org.thurn.lab.attack.Fate;
import org.thurn.lab.attack.Played;
import org.thurn.lab.attack.Recording;

/**
 * One half of the way past the attacker, after the play.
 *
 * @param words what it was like, short
 */
record Leg(State state, String words) {
  /** Who could read on it. */
  enum State {
    /** Nobody but its ends, none of whom is the attacker. */
    SECRET("secret"),
    /** The attacker, too. */
    OPEN("open"),
    /** Nothing: it was given up before the message. */
    CUT("cut"),
    /** Nothing: nobody connected. */
    NONE("none");

    private final String style;

    State(String style) {
      this.style = style;
    }

    /** Its class. */
    String style() {
      return style;
    }
  }

  /** From the sender to the attacker. */
  static Leg toAttacker(Played played) {
    if (!delivered(played)) {
      return hasConnection(played)
          ? new Leg(State.CUT, "given up before the letter")
          : new Leg(State.NONE, "no connection");
    }
    return carried(played, "TLS that ends with him");
  }

  /** From the attacker to the receiver. */
  static Leg toReceiver(Played played) {
    if (!delivered(played)) {
      return new Leg(hasConnection(played) ? State.CUT : State.NONE, "no letter");
    }
    return carried(played, "TLS that he began");
  }

  private static Leg carried(Played played, String forged) {
    if (played.tls().isEmpty()) {
      return new Leg(State.OPEN, "in the clear");
    }
    Event.TlsEstablished tls = played.tls().get();
    return played.cell().attack().forges()
        ? new Leg(State.OPEN, forged)
        : new Leg(State.SECRET, tls.version() + ", " + tls.group());
  }

  private static boolean delivered(Played played) {
    return played.fate() == Fate.SAFE || played.fate() == Fate.READABLE;
  }

  private static boolean hasConnection(Played played) {
    return played.trace().attacker().stream()
        .mapToInt(Recording.Item::connection)
        .findAny()
        .isPresent();
  }
}
