package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.thurn.journey.Event;
import org.thurn.lab.scenario.Verdict;

/** Draws the domains on a ring, every one joined with every other. */
final class MapView {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 340;
  private static final int ACROSS = 165;
  private static final int DOWN = 118;
  private static final int RADIUS = 38;

  private final List<Place> places;

  MapView(List<Place> places) {
    this.places = places;
  }

  /** All domains, each a link to its description. */
  Html whole() {
    return draw(List.of(), Set.of(), "Map of the domains");
  }

  /** The domains with the way that a message took. */
  Html way(Story story) {
    Set<Road> roads = new HashSet<>();
    Set<Place> visited = new HashSet<>(story.way());
    for (Seen seen : story.seen()) {
      if (seen.event() instanceof Event.ConnectionOpened opened) {
        visited.add(seen.place());
        places.stream()
            .filter(place -> place.address().equals(opened.remoteAddress()))
            .forEach(place -> roads.add(new Road(seen.place().number(), place.number())));
      }
    }
    String words = String.join(" to ", story.way().stream().map(p -> p.domain().ascii()).toList());
    List<Html> lit =
        roads.stream()
            .map(
                road ->
                    (Html)
                        road(road.from(), road.to())
                            .classed("road lit " + places.get(road.from()).colour()))
            .toList();
    return draw(lit, visited, words.isEmpty() ? "Map of the domains" : "Its way: " + words);
  }

  /** The domains with the way of a scenario's message, and its verdict if it has one. */
  Html scene(List<Place> way, Optional<Verdict> verdict) {
    String words = String.join(" to ", way.stream().map(p -> p.domain().ascii()).toList());
    List<Html> hops = new ArrayList<>();
    for (int i = 1; i < way.size(); i++) {
      boolean last = i + 1 == way.size();
      Hop hop = hop(way.get(i - 1), way.get(i));
      hops.addAll(hop.drawn(i, last ? verdict : Optional.empty()));
    }
    Set<Place> visited =
        verdict.isPresent()
            ? new HashSet<>(verdict.get().isTaken() ? way : way.subList(0, way.size() - 1))
            : Set.of();
    String outcome = verdict.map(v -> ": " + v.words()).orElse("");
    return draw(hops, visited, "Its way: " + words + outcome);
  }

  private Hop hop(Place from, Place to) {
    return new Hop(
        x(from.number()), y(from.number()), x(to.number()), y(to.number()), RADIUS, from.colour());
  }

  private record Road(int from, int to) {}

  private Html draw(List<Html> lit, Set<Place> visited, String words) {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.element("title", words));
    for (int from = 0; from < places.size(); from++) {
      for (int to = from + 1; to < places.size(); to++) {
        parts.add(road(from, to).classed("road"));
      }
    }
    parts.addAll(lit);
    places.forEach(place -> parts.add(node(place, visited.contains(place))));
    return Html.element("svg")
        .classed("map")
        .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
        .with("role", "group")
        .with("aria-label", words)
        .add(parts);
  }

  private Html.Element road(int from, int to) {
    return Html.element("path")
        .with("d", String.format(Locale.ROOT, "M%d %d L%d %d", x(from), y(from), x(to), y(to)))
        .with("pathLength", "1");
  }

  private Html node(Place place, boolean visited) {
    int x = x(place.number());
    int y = y(place.number());
    Html.Element circle =
        Html.element("circle")
            .with("cx", Integer.toString(x))
            .with("cy", Integer.toString(y))
            .with("r", Integer.toString(RADIUS));
    Html.Element name = label(place.shortName(), x, y - 2).classed("name");
    Html.Element address = label(place.address(), x, y + 14).classed("address");
    return Html.element("a", circle, name, address)
        .with("href", "/#" + place.domain().ascii())
        .classed("node " + place.colour() + (visited ? " visited" : ""));
  }

  private static Html.Element label(String text, int x, int y) {
    return Html.element("text", text)
        .with("x", Integer.toString(x))
        .with("y", Integer.toString(y))
        .with("text-anchor", "middle");
  }

  private int x(int number) {
    return (int) Math.round(WIDTH / 2.0 + ACROSS * Math.sin(angle(number)));
  }

  private int y(int number) {
    return (int) Math.round(HEIGHT / 2.0 + 12 - DOWN * Math.cos(angle(number)));
  }

  private double angle(int number) {
    return 2 * Math.PI * number / places.size();
  }
}
