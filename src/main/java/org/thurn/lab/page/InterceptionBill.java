package org.thurn.lab.page;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Interception;
import org.thurn.lab.attack.Interceptions;
import org.thurn.lab.attack.Played;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The scenarios on the wire. */
final class InterceptionBill implements Playbill {
  private final Attacks attacks;
  private final InterceptionView view;

  InterceptionBill(Attacks attacks) {
    this.attacks = attacks;
    view = new InterceptionView(attacks);
  }

  private static Interception named(String name) {
    return Interceptions.named(name).orElseThrow();
  }

  @Override
  public List<String> names() {
    return Interceptions.all().stream().map(Interception::name).toList();
  }

  @Override
  public Html section(String heading) {
    return view.section(heading);
  }

  @Override
  public String title(String name) {
    return named(name).title();
  }

  @Override
  public Html page(String name, String problem) {
    return view.page(named(name), problem);
  }

  @Override
  public void play(String name) throws IOException {
    attacks.play(named(name));
  }

  @Override
  public void describe(String name, ObjectNode object) {
    Interception interception = named(name);
    object
        .put("name", name)
        .put("title", interception.title())
        .put("promise", interception.promise())
        .put("attack", interception.attack().word());
    List<Optional<Played>> last = interception.cells().stream().map(attacks::last).toList();
    if (last.stream().allMatch(Optional::isPresent)) {
      object.put("as-promised", last.stream().allMatch(one -> one.orElseThrow().asExpected()));
    }
    ArrayNode pairs = object.putArray("pairs");
    for (Cell cell : interception.cells()) {
      AttackJson.describe(pairs.addObject(), cell, attacks.last(cell));
    }
  }
}
