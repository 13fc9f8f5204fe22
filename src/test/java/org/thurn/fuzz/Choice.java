package org.thurn.fuzz;

import java.util.Arrays;
import java.util.List;

/** Several targets in one: the first octet of the input chooses, {@code 0} the first of them. */
public record Choice(List<FuzzTarget> targets) implements FuzzTarget {
  public Choice {
    targets = List.copyOf(targets);
  }

  public static Choice of(FuzzTarget... targets) {
    return new Choice(List.of(targets));
  }

  @Override
  public void take(byte[] octets) throws Exception {
    if (octets.length > 0) {
      FuzzTarget chosen = targets.get(Math.floorMod(octets[0] - '0', targets.size()));
      chosen.take(Arrays.copyOfRange(octets, 1, octets.length));
    }
  }

  @Override
  public void close() throws Exception {
    for (FuzzTarget target : targets) {
      target.close();
    }
  }
}
