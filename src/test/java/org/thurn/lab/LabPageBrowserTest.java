package org.thurn.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Entry;
import org.thurn.testing.Programs;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person with a browser at the lab's page, while the whole lab runs. */
class LabPageBrowserTest {
  private static final LocatorAssertions.ContainsTextOptions SOON =
      new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

  @TempDir static Path folder;

  private static Lab lab;
  private static Playwright playwright;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Path chromium = Programs.require("chromium");
    lab = Lab.start(new LabSettings(folder, 0, LabTest.freeOffset(), List.of()), Time.system());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run")));
  }

  @AfterAll
  static void stop() throws IOException {
    if (playwright != null) {
      playwright.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  /** Writes from alice@strict.example to bob@soft.example and stays at the journey. */
  private static void send(Page page, String subject) {
    page.navigate(lab.page());
    page.getByLabel("From").selectOption("alice@strict.example");
    page.getByLabel("To, several with commas").fill("bob@soft.example");
    page.getByLabel("Subject").fill(subject);
    page.getByLabel("Text").fill("Hello Bob.");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send and watch")).click();
  }

  @Test
  void aMessageIsSentWatchedAndRead() throws Exception {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      List<String> complaints = new ArrayList<>();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              complaints.add(message.text());
            }
          });
      send(page, "<b>hello</b> from a browser");
      assertThat(page.locator("h1")).hasText("<b>hello</b> from a browser");
      assertThat(page.locator("#fates")).containsText("stored", SOON);
      assertThat(page.locator("#steps")).containsText("RCPT TO:<bob@soft.example>");
      assertThat(page.locator("#journey[data-done=true]")).hasCount(1);

      page.getByText("open mailbox").click();
      page.getByText("<b>hello</b> from a browser").first().click();
      assertThat(page.locator("#message")).containsText("Hello Bob.");
      page.getByText("Its journey").click();
      assertThat(page.locator("h1")).hasText("<b>hello</b> from a browser");
      assertThat(complaints).isEmpty();
    }
  }

  @Test
  void thePageTellsTheEventsOfTheTraceWithTheirIdsAndReplies() throws Exception {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      send(page, "the same story");
      assertThat(page.locator("#fates")).containsText("stored", SOON);
      // both ends have closed their connection: nothing more comes
      assertThat(page.locator("#steps"))
          .containsText(Pattern.compile("closed after.*closed after", Pattern.DOTALL), SOON);
      String message = page.locator(".journey-head .facts bdi").innerText();

      page.reload();
      Set<String> shown = new TreeSet<>();
      for (Locator id : page.locator("[data-event]").all()) {
        shown.add(id.getAttribute("data-site") + " " + id.getAttribute("data-event"));
      }
      Set<String> traced = new TreeSet<>();
      String text = page.locator("#steps").textContent();
      for (LabDomain domain : List.of(LabDomain.STRICT, LabDomain.SOFT)) {
        for (Entry entry : lab.inside(domain).journal().trace(message)) {
          traced.add(domain.domain() + " " + entry.id());
        }
      }
      assertThat(shown).isEqualTo(traced);

      JsonNode told =
          json("api/journey?message=" + URLEncoder.encode(message, StandardCharsets.UTF_8));
      assertThat(told.size()).isEqualTo(traced.size());
      for (JsonNode event : told) {
        assertThat(shown).anyMatch(id -> id.endsWith(" " + event.get("id").asString()));
        if (event.get("type").asString().startsWith("reply-")) {
          assertThat(text).contains(event.get("text").asString());
        }
      }
    }
  }

  private static JsonNode json(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(lab.page() + path)).build();
      return new JsonMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  @Test
  void thePageTellsItWithoutJavaScriptToo() {
    try (BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      Page page = context.newPage();
      send(page, "no script");
      assertThat(page.locator("#fates")).containsText("stored", SOON);
    }
  }

  @Test
  void aScenarioIsPlayedByOneClickAndLeadsToItsJourney() {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      page.navigate(lab.page());
      page.locator("#scenario-spoofed-from button").click();
      assertThat(page.locator("#verdict")).containsText("soft.example refused as promised", SOON);
      assertThat(page.locator("#verdict"))
          .containsText("may send for mallory.example, but people see strict.example");
      assertThat(page.locator(".sign.bad")).hasCount(1);
      assertThat(page.locator("#findings li")).hasCount(6);

      page.getByText("See its whole journey").click();
      assertThat(page.locator("h1")).hasText("Refused");
      assertThat(page.locator("#steps")).containsText("so the server refuses the message");
      assertThat(page.locator("#steps h3")).containsText("mallory.example speaks SMTP with");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Scenarios")).click();
      assertThat(page.locator("#scenario-spoofed-from .badge")).hasText("refused");
      assertThat(page.locator("#scenario-replayed .badge")).hasCount(0);
    }
  }

  @Test
  void anAttackOnTheWireIsPlayedByOneClickDrawnAndTraced() {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      page.navigate(lab.page());
      page.locator("#scenario-strip-starttls button").click();
      assertThat(page.locator("#acts .wire")).hasCount(3);
      assertThat(page.locator("#act-none-tls-strip"))
          .containsText("delivered, and read by the attacker as expected", SOON);
      assertThat(page.locator("#act-none-tls-strip .leg.open")).hasCount(2);
      assertThat(page.locator("#act-dane-dane-strip .leg.cut")).hasCount(2);
      assertThat(page.locator("#act-dane-dane-strip"))
          .containsText("The server offers no STARTTLS");

      page.locator("#act-none-tls-strip a").click();
      assertThat(page.locator("#recording .leaked").last()).containsText("The combination is ");
      assertThat(page.locator("#trace-sender")).containsText("looks up where mail goes");
      assertThat(page.locator("#trace-receiver h3"))
          .hasText("a client at 127.25.0.66 speaks SMTP with tls.example");

      page.getByText("The matrix").click();
      assertThat(page.locator("#attack-strip .badge")).hasCount(3);
      page.navigate(lab.page() + "scenarios");
      assertThat(page.locator("#scenario-strip-starttls .badge"))
          .hasText(new String[] {"read", "waits", "waits"});
    }
  }

  @Test
  void aProgramPlaysAScenario() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      JsonNode played = new JsonMapper().readTree(post(client, "list-sealed").body());
      assertThat(played.path("verdict").asString()).isEqualTo("delivered");
      assertThat(played.path("as-promised").asBoolean()).isTrue();
      assertThat(played.path("reason").asString()).contains("arc=pass by list.example");
      assertThat(json(played.path("journey").asString().replace("/journey", "api/journey")).size())
          .isGreaterThan(20);
      assertThat(post(client, "nothing").statusCode()).isEqualTo(404);
    }
    for (JsonNode one : json("api/scenarios")) {
      if (one.path("name").asString().equals("list-sealed")) {
        assertThat(one.path("verdict").asString()).isEqualTo("delivered");
      }
    }
  }

  private static HttpResponse<String> post(HttpClient client, String scenario)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(lab.page() + "api/scenarios?name=" + scenario))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theMapNamesEveryDomainAndTheListShowsTheMessage() {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      send(page, "to be listed");
      page.navigate(lab.page());
      for (LabDomain domain : LabDomain.values()) {
        assertThat(page.locator("article#" + domain.domain().ascii().replace(".", "\\.")))
            .containsText(domain.character());
      }
      assertThat(page.locator("#messages")).containsText("to be listed");
      assertThat(page.locator("#messages li").first()).containsText("stored", SOON);
    }
  }
}
