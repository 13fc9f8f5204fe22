package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.lab.scenario.Verdict;

/**
 * A part of a message's way on the map, between the edges of two circles.
 *
 * @param radius of the circles
 * @param colour the class of the sender's colour
 */
record Hop(int fromX, int fromY, int toX, int toY, int radius, String colour) {
  private static final int GAP = 4;
  private static final int HEAD = 14;
  private static final int HALF_HEAD = 7;
  private static final int SIGN = 15;

  /** How far a refused message comes. */
  private static final double STOP = 0.62;

  private static final double MIDDLE = 0.5;

  private record Point(double x, double y) {
    String text() {
      return String.format(Locale.ROOT, "%.1f %.1f", x, y);
    }
  }

  /**
   * An arrow, with the verdict's sign on it where there is one: one that was not taken ends there.
   *
   * @param number of the part
   */
  List<Html> drawn(int number, Optional<Verdict> verdict) {
    boolean through = verdict.map(Verdict::isTaken).orElse(true);
    double whole = Math.hypot(toX - fromX, toY - fromY);
    double end = through ? whole - radius - GAP : whole * STOP;
    Point first = at(radius + GAP, 0);
    Point last = at(through ? end - HEAD : end, 0);
    List<Html> parts = new ArrayList<>();
    parts.add(
        Html.element("path")
            .with("d", "M" + first.text() + " L" + last.text())
            .with("pathLength", "1")
            .classed("road lit hop-" + number + " " + colour));
    if (through) {
      String corners =
          at(end, 0).text()
              + " "
              + at(end - HEAD, HALF_HEAD).text()
              + " "
              + at(end - HEAD, -HALF_HEAD).text();
      parts.add(
          Html.element("polygon")
              .with("points", corners)
              .classed("head hop-" + number + " " + colour));
    }
    verdict.ifPresent(v -> parts.add(sign(v, at(whole * (through ? MIDDLE : STOP), 0))));
    return parts;
  }

  private static Html sign(Verdict verdict, Point where) {
    String mark =
        switch (verdict) {
          case DELIVERED -> "✓";
          case WARNED, JUNK -> "!";
          case DEFERRED -> "…";
          case REFUSED -> "✗";
        };
    String x = String.format(Locale.ROOT, "%.1f", where.x());
    return Html.element(
            "g",
            Html.element("circle")
                .with("cx", x)
                .with("cy", String.format(Locale.ROOT, "%.1f", where.y()))
                .with("r", Integer.toString(SIGN)),
            Html.element("text", mark)
                .with("x", x)
                .with("y", String.format(Locale.ROOT, "%.1f", where.y() + 6))
                .with("text-anchor", "middle"))
        .classed("sign " + ScenarioView.tone(verdict));
  }

  /** The point so far along the way, and so far beside it. */
  private Point at(double along, double beside) {
    double whole = Math.hypot(toX - fromX, toY - fromY);
    double dx = (toX - fromX) / whole;
    double dy = (toY - fromY) / whole;
    return new Point(fromX + dx * along - dy * beside, fromY + dy * along + dx * beside);
  }
}
