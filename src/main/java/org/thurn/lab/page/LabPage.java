package org.thurn.lab.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journal.render.JsonEntry;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/**
 * The lab's page: routes each address to its view. It answers on loopback only, and whoever may
 * open it may read and send everybody's mail: the lab has no secrets.
 */
public final class LabPage implements AutoCloseable {
  private static final int MAX_FORM = 256 << 10;
  private static final int MAX_CONNECTIONS = 200;
  private static final String HTML = "text/html; charset=utf-8";

  private final LabView view;
  private final Archive archive;
  private final RecentMessages recent;
  private final RecentView recentView;
  private final ScenarioPages scenarios;
  private final Optional<AttackPages> attacks;
  private final FrontView front;
  private final JourneyView journeys;
  private final MailboxView mailboxes;
  private final Sending sending;
  private final WebServer server;

  private LabPage(int port, LabView view, Time time) {
    this.view = view;
    archive = new Archive(view.sites());
    recent = new RecentMessages(view.sites(), archive.places(), time);
    recentView = new RecentView(recent);
    List<Playbill> bills = new ArrayList<>();
    for (ScenarioBill.Kind kind : ScenarioBill.Kind.values()) {
      view.director().ifPresent(one -> bills.add(new ScenarioBill(kind, archive.places(), one)));
    }
    view.attacks().ifPresent(one -> bills.add(new InterceptionBill(one)));
    scenarios = new ScenarioPages(bills);
    attacks = view.attacks().map(AttackPages::new);
    front = new FrontView(view.sites(), archive.places(), recentView, scenarios);
    journeys = new JourneyView(archive.places());
    mailboxes = new MailboxView(view.sites(), archive.places());
    sending = new Sending(view.sites(), time);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(port)
            .maxTcpConnections(MAX_CONNECTIONS)
            .maxPayloadSize(MAX_FORM)
            .shutdownHook(false)
            .routing(this::routes)
            .build();
  }

  /**
   * Opens the page on loopback.
   *
   * @param port 0 lets the system choose
   * @throws BindException if the port is taken
   */
  public static LabPage open(int port, LabView view) throws IOException {
    probe(port);
    LabPage page = new LabPage(port, view, Time.system());
    page.server.start();
    if (!page.server.isRunning()) {
      page.recent.close();
      throw new BindException("the page at 127.0.0.1#" + port + " did not open");
    }
    return page;
  }

  /** The web server only logs that a port is taken, so somebody else must find it out. */
  private static void probe(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(IpAddress.of("127.0.0.1"), port));
    } catch (BindException e) {
      throw new BindException("the page at 127.0.0.1#" + port + ": " + e.getMessage());
    }
  }

  /** Where a browser finds it. */
  public String address() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  private void routes(HttpRouting.Builder routing) {
    routing.addFilter(new Guard());
    scenarios.routes(routing);
    attacks.ifPresent(pages -> pages.routes(routing));
    routing
        .get("/", (_, response) -> front(response, SendForm.fresh()))
        .post("/send", this::send)
        .get("/recent", this::recent)
        .get("/journey", this::journey)
        .get("/journey/entries", this::entries)
        .get("/api/journey", this::json)
        .get("/mailbox", this::mailbox)
        .get("/dns", this::dns)
        .get("/style.css", (_, response) -> asset(response, "style.css", "text/css"))
        .get("/journey.js", (_, response) -> asset(response, "journey.js", "text/javascript"))
        .get("/icon.svg", (_, response) -> asset(response, "icon.svg", "image/svg+xml"))
        .any((_, response) -> missing(response, "There is no such page."));
  }

  private void front(ServerResponse response, SendForm form) {
    html(response, Layout.page("Map", "/", false, front.page(form)));
  }

  private void send(ServerRequest request, ServerResponse response) throws IOException {
    SendForm form;
    try (InputStream in = request.content().inputStream()) {
      form = SendForm.of(Form.parse(in.readNBytes(MAX_FORM)));
    } catch (IllegalArgumentException e) {
      response.status(Status.BAD_REQUEST_400);
      front(response, SendForm.fresh().because("the form could not be read"));
      return;
    }
    switch (sending.send(form)) {
      case Sending.Sent.Accepted(var id) -> {
        String message = archive.messageOf(id.text());
        response
            .status(Status.SEE_OTHER_303)
            .header(HeaderNames.LOCATION, Html.address("/journey", "message", message))
            .send();
      }
      case Sending.Sent.Refused(var reason) -> {
        response.status(Status.create(422));
        front(response, form.because(reason));
      }
    }
  }

  private void recent(ServerRequest request, ServerResponse response) {
    if (query(request, "seen").equals(Long.toString(recentView.version()))) {
      response.status(Status.NO_CONTENT_204).send();
    } else {
      html(response, recentView.list().render());
    }
  }

  private void journey(ServerRequest request, ServerResponse response) {
    String message = query(request, "message");
    if (message.isEmpty()) {
      missing(response, "A journey is found by its Message-ID: /journey?message=…");
      return;
    }
    Story story = archive.story(message);
    html(response, Layout.page(journeys.title(story), "", !story.isDone(), journeys.live(story)));
  }

  /** The part of a journey's page that changes, if it did. */
  private void entries(ServerRequest request, ServerResponse response) {
    Story story = archive.story(query(request, "message"));
    if (query(request, "seen").equals(Integer.toString(story.seen().size()))) {
      response.status(Status.NO_CONTENT_204).send();
    } else {
      html(response, journeys.live(story).render());
    }
  }

  /** The same entries as {@code thurn trace --json} prints, of all domains, in an array. */
  private void json(ServerRequest request, ServerResponse response) {
    Story story = archive.story(query(request, "message"));
    String array =
        String.join(",\n", story.seen().stream().map(s -> JsonEntry.line(s.entry())).toList());
    response
        .status(story.isEmpty() ? Status.NOT_FOUND_404 : Status.OK_200)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(("[" + array + "]\n").getBytes(StandardCharsets.UTF_8));
  }

  private void mailbox(ServerRequest request, ServerResponse response) throws IOException {
    String account = query(request, "account");
    if (account.isEmpty()) {
      html(response, Layout.page("Mailboxes", "/mailbox", false, mailboxes.accounts()));
      return;
    }
    String uid = query(request, "uid");
    long number = uid.matches("[0-9]{1,10}") ? Long.parseLong(uid) : 0;
    Optional<Html> content = mailboxes.mailbox(account, query(request, "mailbox"), number);
    if (content.isPresent()) {
      html(response, Layout.page(account, "/mailbox", false, content.get()));
    } else {
      missing(response, "There is no such account.");
    }
  }

  private void dns(ServerRequest request, ServerResponse response) {
    Html content = new DnsView().page(view.questions().get(), query(request, "name"));
    html(response, Layout.page("DNS", "/dns", false, content));
  }

  static String query(ServerRequest request, String name) {
    return request.query().first(name).orElse("");
  }

  private static void asset(ServerResponse response, String name, String type) throws IOException {
    try (InputStream in = LabPage.class.getResourceAsStream("/lab/" + name)) {
      if (in == null) {
        throw new IOException("the program lacks its resource lab/" + name);
      }
      response.header(HeaderNames.CONTENT_TYPE, type + "; charset=utf-8").send(in.readAllBytes());
    }
  }

  static void missing(ServerResponse response, String words) {
    response.status(Status.NOT_FOUND_404);
    Html content = Html.pieces(Html.element("h1", "Not found"), Html.element("p", words));
    html(response, Layout.page("Not found", "", false, content));
  }

  static void html(ServerResponse response, String page) {
    response.header(HeaderNames.CONTENT_TYPE, HTML).send(page.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    recent.close();
    server.stop();
  }
}
