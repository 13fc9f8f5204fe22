package org.thurn.lab.page;

import java.util.Optional;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Fate;
import org.thurn.lab.attack.Party;
import org.thurn.lab.attack.Played;

/** Draws a sender, the attacker and a receiver, and the two halves of the way between them. */
final class WireView {
  /** The colours of the three, as on the map: the attacker has that of mallory.example. */
  static final Place SENDER = place(0, Party.SENDER);

  private static final String ATTACKER_COLOUR = "site-4";
  private static final int RECEIVER_COLOUR = 1;

  private WireView() {}

  static Place receiver(Cell cell) {
    return place(RECEIVER_COLOUR, Party.of(cell.receiver()));
  }

  private static Place place(int number, Party party) {
    return new Place(number, party.domain(), party.host(), party.address().getHostAddress());
  }

  /** Before it was played there is nothing on the way. */
  static Html drawn(Cell cell, Optional<Played> played) {
    return Html.element(
            "figure",
            station(SENDER.colour(), SENDER.domain().ascii(), cell.sender().title()),
            leg(played.map(Leg::toAttacker)),
            station(ATTACKER_COLOUR, "the attacker", attacker(played)),
            leg(played.map(Leg::toReceiver)),
            station(
                receiver(cell).colour(),
                cell.receiver().domain().ascii(),
                cell.receiver().title() + played.map(WireView::arrived).orElse("")))
        .classed("wire");
  }

  private static Html station(String colour, String name, String words) {
    return Html.element(
            "div", Html.element("b", name).classed("site"), Html.element("small", words))
        .classed("station " + colour);
  }

  private static String arrived(Played played) {
    return played.copies() > 0 ? "; has the letter" : "; has no letter";
  }

  private static String attacker(Optional<Played> played) {
    return played
        .map(
            one ->
                one.fate() == Fate.READABLE
                    ? "read the letter"
                    : "could read nothing of the letter")
        .orElse(Party.ATTACKER.getHostAddress());
  }

  private static Html leg(Optional<Leg> leg) {
    String state = leg.map(Leg::state).orElse(Leg.State.NONE).style();
    String words = leg.map(Leg::words).orElse("");
    return Html.element("div", Html.element("span", words)).classed("leg " + state);
  }
}
