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

  /** Who sends a load; returns when the last message was accepted. */
  interface Sending {
    void send() throws Exception;
  }

  /** Sends a load and watches. */
  static Passage measure(Stage stage, Workload workload, Server server, Load load)
      throws Exception {
    return measure(
        stage,
        server,
        load.messages(),
        () -> load.send(stage.driver, stage.place.root(), server, workload.domain()));
  }

  /** Lets a load of {@code n} messages be sent and watches. */
  static Passage measure(Stage stage, Server server, int n, Sending sending) throws Exception {
    Group group = server.group();
    Others others = Others.than(List.of(group, stage.driver));
    Cpu before = group.cpu();
    Cpu driving = stage.driver.cpu();
    long begin = System.nanoTime();
    sending.send();
    double accepted = (System.nanoTime() - begin) / 1e9;
    server.awaitDrained();
    double drained = (System.nanoTime() - begin) / 1e9;
    Cpu used = group.cpu().minus(before);
    Cpu drove = stage.driver.cpu().minus(driving);
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
