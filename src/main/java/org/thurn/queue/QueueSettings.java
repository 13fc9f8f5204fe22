package org.thurn.queue;

import java.time.Duration;

/**
 * The queue's settings.
 *
 * @param shards partitions that new messages spread over; may be changed at any start
 * @param retry the schedule
 * @param local how many local deliveries run at once
 * @param perAccount how many of them to one account
 * @param remote how many attempts to other hosts run at once
 * @param perHost how many of them to one host
 * @param waiting how many attempts of each kind wait in memory for their turn; the rest waits in
 *     the store
 * @param retention how long the ledger keeps a terminal state
 * @param check how often the ledger is checked
 * @param drain how long {@code close} waits for running attempts
 */
public record QueueSettings(
    int shards,
    RetryPolicy retry,
    int local,
    int perAccount,
    int remote,
    int perHost,
    int waiting,
    Duration retention,
    Duration check,
    Duration drain) {
  public QueueSettings {
    if (shards < 1 || local < 1 || perAccount < 1 || remote < 1 || perHost < 1 || waiting < 0) {
      throw new IllegalArgumentException("a queue setting is too small");
    }
  }

  public static QueueSettings defaults() {
    return new QueueSettings(
        4,
        RetryPolicy.defaults(),
        256,
        64,
        256,
        20,
        5_000,
        Duration.ofDays(30),
        Duration.ofHours(1),
        Duration.ofSeconds(30));
  }

  QueueSettings withRetry(RetryPolicy policy) {
    return new QueueSettings(
        shards, policy, local, perAccount, remote, perHost, waiting, retention, check, drain);
  }
}
