package org.thurn.bench;

import java.util.List;

/**
 * What one load of messages showed.
 *
 * @param messages that were sent
 * @param accepted messages a second, until the last 250
 * @param drained messages a second, until the last one was where it goes
 * @param userMillis the server's processor time a message in user mode
 * @param systemMillis the same in the kernel
 * @param driverMillis what the driving programs used, a message
 * @param others cores in use by processes that were neither
 */
record Passage(
    int messages,
    double accepted,
    double drained,
    double userMillis,
    double systemMillis,
    double driverMillis,
    double others) {
  double millis() {
    return userMillis + systemMillis;
  }

  boolean disturbed() {
    return others > Others.LIMIT;
  }

  /** Sends a load and watches. */
  static Passage measure(Stage stage, Workload workload, Server server, Load load)
      throws Exception {
    Group group = server.group();
    Others others = Others.than(List.of(group, stage.driver));
    Cpu before = group.cpu();
    Cpu driving = stage.driver.cpu();
    long begin = System.nanoTime();
    load.send(stage.driver, stage.place.root(), server, workload.domain());
    double accepted = (System.nanoTime() - begin) / 1e9;
    server.awaitDrained();
    double drained = (System.nanoTime() - begin) / 1e9;
    Cpu used = group.cpu().minus(before);
    Cpu drove = stage.driver.cpu().minus(driving);
    int n = load.messages();
    return new Passage(
        n,
        n / accepted,
        n / drained,
        used.user() / n,
        used.system() / n,
        drove.total() / n,
        others.cores());
  }
}
