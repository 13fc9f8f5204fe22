package org.thurn.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What smtp-source sends: messages of 10 KB, each over a connection of its own.
 *
 * @param messages in all
 * @param sessions at one time
 * @param mailboxes that they go to, evenly
 */
record Load(int messages, int sessions, int mailboxes) {
  static final int OCTETS = 10_240;

  /** As many as the smtp-sources together send. */
  static Load of(int messages, int sessions, int mailboxes) {
    return new Load(messages / mailboxes * mailboxes, sessions, mailboxes);
  }

  /**
   * Sends them; returns when the last one was accepted.
   *
   * @throws IOException if any was not
   */
  void send(Group driver, Path folder, Server server, String domain)
      throws IOException, InterruptedException {
    List<Process> sources = new ArrayList<>();
    for (int i = 0; i < mailboxes; i++) {
      sources.add(driver.startPiped(folder, command(server, "user" + i + "@" + domain)));
    }
    for (Process source : sources) {
      String output =
          new String(source.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (source.waitFor() != 0) {
        sources.forEach(Process::destroy);
        throw new IOException("smtp-source: " + output);
      }
    }
  }

  private List<String> command(Server server, String recipient) {
    List<String> command = new ArrayList<>(List.of("smtp-source"));
    if (server.lmtp()) {
      command.add("-L");
    }
    command.addAll(
        List.of(
            "-s",
            Integer.toString(Math.max(1, sessions / mailboxes)),
            "-m",
            Integer.toString(messages / mailboxes),
            "-l",
            Integer.toString(OCTETS),
            "-M",
            "client.example",
            "-f",
            "sender@client.example",
            "-t",
            recipient,
            server.target()));
    return command;
  }
}
