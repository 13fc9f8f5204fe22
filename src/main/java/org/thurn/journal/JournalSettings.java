package org.thurn.journal;

import java.time.Duration;

/**
 * The journal's settings.
 *
 * @param buffer how many entries wait in memory at the most
 * @param gather how long they may wait before they are written
 * @param retention how long they are kept
 */
public record JournalSettings(int buffer, Duration gather, Duration retention) {
  public static JournalSettings defaults() {
    return new JournalSettings(32_768, Duration.ofMillis(50), Duration.ofDays(30));
  }
}
