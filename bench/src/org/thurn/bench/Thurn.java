package org.thurn.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.thurn.admin.Answer;
import org.thurn.server.Offline;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Thurn as its launcher starts it, with the settings that its documents name.
 *
 * @param folder of its state and its file of settings
 */
record Thurn(
    Path folder,
    InetSocketAddress smtp,
    InetSocketAddress lmtp,
    InetSocketAddress imap,
    InetSocketAddress imaps,
    InetSocketAddress http,
    HttpClient client) {
  static final String PASSWORD = "correct-horse";

  /** Lays out what {@link #start} starts: the settings, and accounts user0 and so on. */
  static Thurn prepare(Path folder, InetSocketAddress dns, int accounts, String more)
      throws Exception {
    Thurn thurn =
        new Thurn(
            folder,
            Ports.free(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            HttpClient.newHttpClient());
    Certificate.write(folder);
    Files.writeString(thurn.settings(), thurn.text(dns) + more);
    try (Offline offline = Offline.open(thurn.state())) {
      for (int i = 0; i < accounts; i++) {
        JsonNode arguments =
            JsonNodeFactory.instance
                .objectNode()
                .put("address", "user" + i + "@bench.example")
                .put("password", PASSWORD);
        offline.handle("bench", "account-add", arguments, NOBODY);
      }
    }
    return thurn;
  }

  private static final Answer NOBODY =
      new Answer() {
        @Override
        public void item(JsonNode item) {}

        @Override
        public void text(String text) {}
      };

  Path settings() {
    return folder.resolve("thurn.toml");
  }

  private String text(InetSocketAddress dns) {
    StringBuilder text =
        new StringBuilder(
            """
            state = "state"
            hostname = "mx.bench.example"
            """);
    Map<String, InetSocketAddress> listeners =
        Map.of("smtp", smtp, "lmtp", lmtp, "imap", imap, "imaps", imaps, "http", http);
    listeners.forEach(
        (protocol, address) ->
            text.append(
                """
                [[listener]]
                protocol = "%s"
                address = "127.0.0.1"
                port = %d
                """
                    .formatted(protocol, address.getPort())));
    return text.append(
            """
            [tls]
            certificate = "certificate.pem"
            key = "key.pem"
            [dns]
            servers = ["127.0.0.1:%d"]
            """
                .formatted(dns.getPort()))
        .toString();
  }

  /**
   * Starts it; returns when it listens everywhere.
   *
   * @param launcher the program thurn
   */
  void start(Group group, Path launcher) throws Exception {
    await(launch(group, launcher));
  }

  /** Starts it and does not wait. */
  Process launch(Group group, Path launcher) throws IOException {
    return group.start(
        folder,
        output().toFile(),
        Map.of(),
        List.of(launcher.toString(), "serve", "--config", settings().toString()));
  }

  /** Returns when it listens everywhere. */
  void await(Process process) throws Exception {
    for (InetSocketAddress address : List.of(smtp, lmtp, imap, imaps, http)) {
      Ports.await(address, process, output());
    }
  }

  Path state() {
    return folder.resolve("state");
  }

  /** What it prints. */
  Path output() {
    return folder.resolve("output");
  }

  /** No recipient is without its end. */
  boolean empty() throws IOException, InterruptedException {
    return open() == 0;
  }

  /** Recipients that have no end yet. */
  long open() throws IOException, InterruptedException {
    return metric("thurn_queue_recipients");
  }

  /** Messages that came into mailboxes. */
  long stored() throws IOException, InterruptedException {
    return metric("thurn_events_total{type=\"stored\"}");
  }

  /** Of /metrics; 0 if it lacks. */
  private long metric(String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.getPort() + "/metrics"))
            .build();
    return client
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
