package org.thurn.lab.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.lab.attack.Attack;
import org.thurn.lab.attack.Attacks;
import org.thurn.testing.Programs;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The matrix of attacks on the page of a lab without domains: it brings its own. */
@Timeout(90)
class AttackPagesTest {
  private static final int PHONE = 375;

  @TempDir private Path folder;
  private Attacks attacks;
  private LabPage page;

  @BeforeEach
  void open() throws Exception {
    attacks = new Attacks(folder.resolve("attacks"), Time.system());
    page =
        LabPage.open(0, new LabView(List.of(), List::of, Optional.empty(), Optional.of(attacks)));
  }

  @AfterEach
  void close() throws Exception {
    page.close();
    attacks.close();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(page.address() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void programsPlayACell() throws Exception {
    JsonNode played =
        new JsonMapper().readTree(ask("POST", "api/attacks?cell=none/sts/strip").body());

    assertThat(played.get("fate").asString()).isEqualTo("readable");
    assertThat(played.get("as-expected").asBoolean()).isTrue();
    assertThat(played.get("read").asString()).contains("The combination is ");
    assertThat(played.get("demanded").asString()).isEqualTo("opportunistic");
    assertThat(ask("POST", "api/attacks?cell=none/sts/nothing").statusCode()).isEqualTo(404);
    JsonNode all = new JsonMapper().readTree(ask("GET", "api/attacks").body());
    assertThat(all.size()).isEqualTo(315);
    assertThat(all.valueStream().filter(cell -> cell.has("fate"))).hasSize(1);
  }

  @Test
  void aPersonPlaysACellAndThenARow() throws Exception {
    Path chromium = Programs.require("chromium");
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
        BrowserContext context = browser.newContext()) {
      Page shown = context.newPage();
      shown.setViewportSize(PHONE, 800);
      shown.navigate(page.address() + "attacks");
      assertThat(wide(shown)).isLessThanOrEqualTo(PHONE);

      String cell =
          "play: sender MTA-STS, policy known, receiver MTA-STS, attacker strips STARTTLS";
      shown.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(cell)).click();
      assertThat(shown.locator("#verdict")).containsText("deferred as expected");
      assertThat(shown.locator("#verdict")).containsText("The server offers no STARTTLS.");
      assertThat(shown.locator("#verdict")).containsText("could read nothing");
      assertThat(shown.locator(".leg.cut")).hasCount(2);
      assertThat(shown.locator("#recording .deed").nth(1))
          .hasText("✂He takes STARTTLS out of the reply.");
      assertThat(shown.locator("#trace-receiver h3"))
          .hasText("a client at 127.25.0.66 speaks SMTP with sts.example");
      assertThat(wide(shown)).isLessThanOrEqualTo(PHONE);

      shown.navigate(page.address() + "attacks");
      shown.locator("#attack-fraudulent .play-some button").click();
      assertThat(shown.locator("#attack-controls"))
          .containsText(
              "36 of 315 played, 0 not as expected",
              new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
      assertThat(shown.locator("section.attack")).hasCount(Attack.values().length);
      shown
          .locator("#attack-fraudulent")
          .getByLabel(
              "delivered, and read by the attacker: sender MTA-STS, policy known, receiver MTA-STS,"
                  + " attacker shows a fraudulent certificate")
          .click();
      assertThat(shown.locator(".attack-read")).containsText("The combination is ");
      assertThat(shown.locator(".leaked")).hasCount(4);
    }
  }

  private static int wide(Page shown) {
    return ((Number) shown.evaluate("document.documentElement.scrollWidth")).intValue();
  }
}
