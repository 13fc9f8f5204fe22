package org.thurn.lab.page;

import org.thurn.name.Domain;

/**
 * A domain of the map, as the views draw it.
 *
 * @param number its place in the order of the map; it chooses the colour
 * @param address of its host, in digits
 */
record Place(int number, Domain domain, Domain host, String address) {
  private static final int COLOURS = 5;

  static Place of(int number, LabView.Site site) {
    return new Place(number, site.domain(), site.host(), site.address().getHostAddress());
  }

  /** The class that gives an element this place's colour. */
  String colour() {
    return "site-" + number % COLOURS;
  }

  /** {@code strict}. */
  String shortName() {
    return domain.labels().getFirst();
  }

  /** The domain's name in its colour. */
  Html.Element chip() {
    return Html.element("span", domain.ascii()).classed("site " + colour());
  }
}
