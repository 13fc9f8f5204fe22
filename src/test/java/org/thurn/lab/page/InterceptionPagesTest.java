package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.attack.Interception;
import org.thurn.lab.attack.Interceptions;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every scenario on the wire is played, and what the page draws of it is looked at. */
@Timeout(60)
class InterceptionPagesTest {
  private static final Pattern ACT =
      Pattern.compile(
          "<article class=\"verdict (\\w+)\" id=\"act-([\\w-]+)\">(.*?)</article>", Pattern.DOTALL);
  private static final Pattern LEG = Pattern.compile("class=\"leg (\\w+)\"><span>(.*?)</span>");

  @TempDir private static Path folder = Path.of("");
  private static Attacks attacks;
  private static LabPage page;

  @BeforeAll
  static void open() throws Exception {
    attacks = new Attacks(folder.resolve("attacks"), Time.system());
    page =
        LabPage.open(0, new LabView(List.of(), List::of, Optional.empty(), Optional.of(attacks)));
  }

  @AfterAll
  static void close() throws IOException {
    page.close();
    attacks.close();
  }

  /**
   * What must come of one pair.
   *
   * @param pair sender-receiver
   * @param reason a part of what the sender says
   * @param legs to the attacker and onward, as they are drawn
   */
  record Act(String pair, String fate, String reason, String... legs) {}

  /** What must come of a scenario. */
  record Expected(String name, Act... acts) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String CLEAR = "open: in the clear";
  private static final String ENDS = "open: TLS that ends with him";
  private static final String BEGINS = "open: TLS that he began";
  private static final String CUT = "cut: given up before the letter";
  private static final String NO_LETTER = "cut: no letter";

  private static Act read(String pair, String reason) {
    return new Act(pair, "readable", reason, CLEAR, CLEAR);
  }

  private static Act believed(String pair, String reason) {
    return new Act(pair, "readable", reason, ENDS, BEGINS);
  }

  private static Act waits(String pair, String reason) {
    return new Act(pair, "deferred", reason, CUT, NO_LETTER);
  }

  private static Act neverComes(String pair, String reason) {
    return new Act(pair, "deferred", reason, "none: no connection", "none: no letter");
  }

  static List<Expected> expected() {
    String stripped = "the server offers no STARTTLS";
    String moved = "policy of sts.example does not name the host mx.sts.example";
    String unfit = "DANE: no TLSA record fits the server's certificate";
    return List.of(
        new Expected(
            "strip-starttls",
            read("none-tls", "in the clear"),
            waits("sts-first-sts", stripped),
            waits("dane-dane", stripped)),
        new Expected(
            "untrusted-certificate",
            believed("none-tls", "over TLS"),
            waits("sts-known-sts", "no trusted authority vouches for it"),
            waits("dane-dane", unfit)),
        new Expected(
            "expired-certificate",
            believed("none-tls", "over TLS"),
            waits("sts-known-sts", "its time, or that of one above it, is over"),
            waits("dane-dane", unfit)),
        new Expected(
            "fraudulent-certificate",
            believed("sts-known-sts", "over TLS"),
            believed("sts-known-both", "over TLS"),
            waits("dane-dane", unfit),
            waits("both-both", unfit)),
        new Expected(
            "policy-removed",
            read("sts-first-sts", "in the clear"),
            neverComes("sts-old-host-sts", moved),
            waits("sts-known-sts", stripped),
            waits("dane-both", stripped)),
        new Expected(
            "dnssec-broken",
            read("none-dane", "in the clear"),
            waits("sts-known-both", stripped),
            neverComes("dane-tls", "could not say the MX of tls.example"),
            neverComes("dane-dane", "could not say the MX of dane.example")),
        new Expected(
            "old-policy-replayed",
            read("sts-first-sts", "in the clear"),
            read("sts-old-none-sts", "in the clear"),
            neverComes("sts-old-host-sts", moved),
            waits("sts-known-sts", stripped),
            waits("both-both", stripped)),
        new Expected(
            "key-exchange-downgraded",
            read("none-tls", "in the clear"),
            waits("sts-known-sts", "TLS failed"),
            waits("dane-dane", "TLS failed")));
  }

  @ParameterizedTest
  @MethodSource("expected")
  void itEndsAsItMustAndIsDrawn(Expected expected) throws Exception {
    JsonNode played = json("POST", "api/scenarios?name=" + expected.name());
    String shown = ask("GET", "scenario?name=" + expected.name()).body();

    assertThat(played.path("as-promised").asBoolean()).isTrue();
    List<MatchResult> drawn = ACT.matcher(shown).results().toList();
    assertThat(drawn).hasSize(expected.acts().length);
    for (int i = 0; i < drawn.size(); i++) {
      Act act = expected.acts()[i];
      JsonNode pair = played.path("pairs").get(i);
      assertThat(drawn.get(i).group(2)).startsWith(act.pair() + "-");
      assertThat(pair.path("fate").asString()).isEqualTo(act.fate());
      assertThat(pair.path("reason").asString()).contains(act.reason());
      check(act, drawn.get(i));
    }
  }

  private static void check(Act act, MatchResult drawn) {
    boolean read = act.fate().equals("readable");
    assertThat(drawn.group(1)).isEqualTo(read ? "bad" : "doubtful");
    String inside = drawn.group(3);
    assertThat(inside)
        .contains(read ? "read the letter" : "could read nothing of the letter")
        .contains(read ? "delivered, and read by the attacker" : ">deferred<")
        .contains(" as expected")
        .contains("href=\"/attack?cell=");
    List<String> legs = new ArrayList<>();
    Matcher leg = LEG.matcher(inside);
    while (leg.find()) {
      legs.add(leg.group(1) + ": " + leg.group(2));
    }
    assertThat(legs).containsExactly(act.legs());
  }

  @Test
  void everyScenarioIsTested() {
    assertThat(Interceptions.all())
        .extracting(Interception::name)
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(expected().stream().map(Expected::name).toList());
  }

  @Test
  void theTraceHasBothEndsAndTheAttackersOctets() throws Exception {
    json("POST", "api/attacks?cell=dane/dane/listen");
    JsonNode trace = json("GET", "api/attack?cell=dane/dane/listen");
    String shown = ask("GET", "attack?cell=dane/dane/listen").body();

    assertThat(trace.path("sender").findValuesAsString("type")).contains("tls-established");
    assertThat(trace.path("receiver").findValuesAsString("type"))
        .startsWith("connection-accepted")
        .contains("tls-established");
    assertThat(trace.path("attacker").findValuesAsString("hex"))
        .isNotEmpty()
        .allMatch(hex -> hex.startsWith("16") || hex.startsWith("14") || hex.startsWith("17"));
    assertThat(trace.path("attacker").toString()).contains("STARTTLS").doesNotContain("MAIL FROM");
    assertThat(shown)
        .contains("octets that he cannot read")
        .contains("class=\"leg secret\"><span>TLSv1.3, X25519MLKEM768")
        .contains("a client at 127.25.0.100</span> speaks SMTP with");
    assertThat(ask("GET", "api/attack?cell=none/none/none").statusCode()).isEqualTo(404);
  }

  @Test
  void aScenarioThatWasNotPlayedSaysSoAndAnUnknownOneIsMissing() throws Exception {
    try (Attacks others = new Attacks(folder.resolve("others"), Time.system());
        LabPage other =
            LabPage.open(
                0, new LabView(List.of(), List::of, Optional.empty(), Optional.of(others)))) {
      assertThat(ask(other, "GET", "scenario?name=strip-starttls").body())
          .contains("Not played yet.")
          .contains("class=\"leg none\"><span></span>");
      assertThat(ask(other, "GET", "scenario?name=strip").statusCode()).isEqualTo(404);
      assertThat(ask(other, "POST", "api/scenarios?name=strip").statusCode()).isEqualTo(404);
    }
  }

  private static JsonNode json(String method, String path) throws Exception {
    return new JsonMapper().readTree(ask(method, path).body());
  }

  private static HttpResponse<String> ask(String method, String path) throws Exception {
    return ask(page, method, path);
  }

  private static HttpResponse<String> ask(LabPage whom, String method, String path)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(whom.address() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
