package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import org.thurn.name.Mailbox;

/** The first page: the map, the form, the last messages, and who lives where. */
final class FrontView {
  private final List<LabView.Site> sites;
  private final List<Place> places;
  private final RecentView recent;
  private final ScenarioPages scenarios;

  FrontView(
      List<LabView.Site> sites, List<Place> places, RecentView recent, ScenarioPages scenarios) {
    this.scenarios = scenarios;
    this.sites = sites;
    this.places = places;
    this.recent = recent;
  }

  Html page(SendForm form) {
    Html map =
        Html.element(
                "section",
                Html.element("h1", "A small internet, on this machine"),
                Html.element(
                        "p",
                        "Each circle is a complete mail domain with its own server, address and"
                            + " DNS. Send a message and watch every step of its journey.")
                    .classed("lead"),
                new MapView(places).whole())
            .classed("map-pane");
    Html write =
        Html.element("section", Html.element("h2", "Write a message"), form.html(sites))
            .classed("write-pane");
    return Html.pieces(
        Html.element("div", map, write).classed("front"),
        scenarios.sections(),
        recent.list(),
        domains());
  }

  private Html domains() {
    List<Html> cards = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      cards.add(card(sites.get(i), places.get(i)));
    }
    return Html.element(
        "section",
        Html.element("h2", "The domains"),
        Html.element("div").classed("cards").add(cards));
  }

  private static Html card(LabView.Site site, Place place) {
    List<Html> accounts = new ArrayList<>();
    for (Mailbox account : site.accounts()) {
      String address = Html.address("/mailbox", "account", account.toString());
      accounts.add(
          Html.element(
              "li", Html.link(address, account.local().toString()).with("title", "" + account)));
    }
    List<Html> defences = new ArrayList<>();
    site.defences().forEach(d -> defences.add(Html.element("li", d)));
    Html.Element card =
        Html.element(
            "article",
            Html.element("h3", site.domain().ascii()),
            Html.element("p", site.host() + " · " + place.address()).classed("facts"),
            Html.element("p", site.character()));
    if (!defences.isEmpty()) {
      card =
          card.add(
              Html.element("ul").classed("defences").with("aria-label", "Defences").add(defences));
    }
    return card.add(
            Html.element("ul")
                .classed("accounts")
                .with("aria-label", "Mailboxes of " + site.domain())
                .add(accounts))
        .classed("card " + place.colour())
        .with("id", site.domain().ascii());
  }
}
