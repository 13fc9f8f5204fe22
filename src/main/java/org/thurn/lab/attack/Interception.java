package org.thurn.lab.attack;

import java.util.List;

/**
 * A scenario on the wire: one attack, on a few pairs of defences that tell something about it.
 *
 * @param name for programs: lower case, with hyphens
 * @param title for people
 * @param promise one or two sentences: what will happen
 * @param cells of one attack, in the order in which they are best told
 */
public record Interception(String name, String title, String promise, List<Cell> cells) {
  public Interception {
    cells = List.copyOf(cells);
    if (cells.stream().map(Cell::attack).distinct().count() != 1) {
      throw new IllegalArgumentException(name + " is not about one attack");
    }
  }

  /** What the attacker does. */
  public Attack attack() {
    return cells.getFirst().attack();
  }
}
