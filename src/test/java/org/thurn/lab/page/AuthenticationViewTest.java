package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.journey.Event;

class AuthenticationViewTest {
  private static String text(Event event) {
    return EventView.of(event).render().replaceAll("<[^>]*>", "");
  }

  private static Event.SpfChecked spf(String identity, String result) {
    return new Event.SpfChecked(
        identity, "a.example", result, "-all", "-all matches", "ask <us>", 1, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "pass, good",
    "fail, bad",
    "permerror, bad",
    "softfail, doubtful",
    "temperror, doubtful",
    "none, neutral",
    "neutral, neutral"
  })
  void theBadgeHasTheColourOfItsResult(String result, String tone) {
    assertThat(EventView.of(spf("mailfrom", result)).render())
        .contains("class=\"badge small " + tone + "\">" + result + "<");
  }

  @Test
  void spfNamesWhoWasAskedAndWhatTheOwnerSays() {
    assertThat(text(spf("mailfrom", "fail")))
        .contains("the envelope&#39;s domain, a.example, says that this host may not send for it")
        .contains("-all matches · its owner says: ask &lt;us&gt; · 1 look-up");
    assertThat(text(spf("helo", "pass"))).contains("the host&#39;s own name, a.example, lets");
  }

  @Test
  void dkimAndArcSayWhatTheyRestOn() {
    assertThat(
            text(
                new Event.DkimChecked(
                    "a.example", "s1", "rsa-sha256", "fail", "the body was changed")))
        .contains("DKIM fail the body was changed", "selector s1 · rsa-sha256");
    assertThat(text(new Event.DkimChecked("", "", "", "none", "the message is not signed")))
        .isEqualTo("DKIM none the message is not signed");
    assertThat(text(new Event.ArcChecked("pass", List.of("l.example", "m.example"), "both hold")))
        .contains("when it came to l.example, then to m.example is sealed", "both hold");
    assertThat(text(new Event.ArcChecked("none", List.of(), "no chain")))
        .isEqualTo("ARC none nobody who handled it before has sealed it");
  }

  @Test
  void dmarcNamesTheAuthorAndThePolicy() {
    assertThat(
            text(
                new Event.DmarcChecked(
                    "a.example",
                    "fail",
                    "p=reject at a.example",
                    List.of("SPF pass for m.example, which belongs to others"),
                    "nothing vouches")))
        .contains("nothing proves that a.example, whom people see as the author, sent it")
        .contains("SPF pass for m.example, which belongs to others · p=reject at a.example");
    assertThat(text(new Event.DmarcChecked("", "permerror", "", List.of(), "From names nobody")))
        .contains("nobody as the author cannot be judged", "From names nobody");
  }

  @ParameterizedTest
  @CsvSource({
    "accept, takes the message",
    "mark, 'takes the message, and warns'",
    "junk, puts the message to the junk",
    "greylist, lets the client come again",
    "defer, does not take the message now",
    "reject, refuses the message"
  })
  void theVerdictSaysWhatFollows(String action, String words) {
    assertThat(text(new Event.AuthenticationJudged(action, "dmarc", "because")))
        .contains("so the server " + words, "because · rule dmarc");
  }
}
