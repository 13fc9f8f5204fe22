package org.thurn.lab.attack;

import java.util.List;
import org.thurn.journey.Entry;

/**
 * What each of the three has of a message, in its own order.
 *
 * @param sender its journey
 * @param attacker what he recorded
 * @param receiver its journey; empty if nobody came
 */
public record Trace(List<Entry> sender, List<Recording.Item> attacker, List<Entry> receiver) {
  public Trace {
    sender = List.copyOf(sender);
    attacker = List.copyOf(attacker);
    receiver = List.copyOf(receiver);
  }
}
