package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.lab.page.Stage.ALICE;
import static org.thurn.lab.page.Stage.BOB;
import static org.thurn.lab.page.Stage.SOFT;
import static org.thurn.lab.page.Stage.STRICT;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Event;

class JourneyViewTest {
  private static final JourneyView VIEW = new JourneyView(List.of(STRICT, SOFT));

  private static Stage whole() {
    return new Stage()
        .work(STRICT, Stage.accepted("<script>alert(1)</script>", BOB))
        .work(STRICT, new Event.AttemptStarted(1, "soft.example"))
        .work(
            STRICT,
            new Event.DnsAnswered(
                "soft.example.",
                "MX",
                "found",
                "secure",
                List.of("10 mx.soft.example."),
                "127.0.0.1#5300",
                Duration.ofMillis(2),
                "mail exchangers"))
        .talk(
            STRICT,
            new Event.ConnectionOpened("smtp", "mx.soft.example", "127.25.0.2", 2525, "127.25.0.1"))
        .talk(SOFT, new Event.ConnectionAccepted("smtp", "127.25.0.1", 40_000, "127.25.0.2", 2525))
        .talk(SOFT, new Event.ReplySent(220, "mx.soft.example ESMTP"))
        .talk(STRICT, new Event.ReplyReceived(220, "mx.soft.example ESMTP"))
        .talk(STRICT, new Event.CommandSent("EHLO mx.strict.example"))
        .talk(SOFT, new Event.CommandReceived("EHLO mx.strict.example"))
        .talk(SOFT, new Event.ReplySent(250, "mx.soft.example / SIZE 1000 / PIPELINING"))
        .talk(STRICT, new Event.ReplyReceived(250, "mx.soft.example / SIZE 1000 / PIPELINING"))
        .talk(SOFT, Stage.accepted("<script>alert(1)</script>", BOB))
        .work(STRICT, BOB, new Event.Relayed("mx.soft.example", "127.25.0.2", 250, "2.0.0 ok"))
        .work(SOFT, new Event.AttemptStarted(1, "bob@soft.example"))
        .work(SOFT, BOB, new Event.Stored(BOB, "INBOX", 7));
  }

  @Test
  void everyEventIsThereOnceWithItsIdAndDomain() {
    Story story = whole().story();
    String page = VIEW.live(story).render();
    for (Seen one : story.seen()) {
      String id =
          "data-event=\"%s\" data-site=\"%s\"".formatted(one.entry().id(), one.place().domain());
      assertThat(page.split(id, -1)).as(id).hasSize(2);
    }
  }

  @Test
  void aStrangersSubjectIsText() {
    String page = VIEW.live(whole().story()).render();
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void theStepsAreToldInTheirOrder() {
    List<Step> steps = Steps.of(whole().story());
    assertThat(steps).hasSize(5);
    assertThat(steps.get(0).first(Event.Accepted.class)).isPresent();
    assertThat(steps.get(1).first(Event.DnsAnswered.class)).isPresent();
    assertThat(steps.get(2)).isInstanceOf(Step.Conversation.class);
    assertThat(steps.get(3).first(Event.Relayed.class)).isPresent();
    assertThat(steps.get(4).first(Event.Stored.class)).isPresent();
  }

  @Test
  void whatOneSideSaidAndTheOtherHeardIsOneLine() {
    Step.Conversation talk = (Step.Conversation) Steps.of(whole().story()).get(2);
    assertThat(talk.clientPlace()).contains(STRICT);
    assertThat(talk.serverPlace()).contains(SOFT);
    List<Step.Line> said =
        talk.lines().stream()
            .filter(l -> l.client().isPresent() && l.server().isPresent())
            .toList();
    assertThat(said).hasSize(3);
    assertThat(said)
        .extracting(line -> line.any().event().type())
        .containsExactly("reply-received", "command-sent", "reply-received");
  }

  @Test
  void aConnectionWhoseOpeningIsLostHasBothItsEnds() {
    Story story =
        new Stage()
            .talk(
                SOFT,
                new Event.ConnectionAccepted("smtp", "127.25.0.1", 40_000, "127.25.0.2", 2525))
            .talk(STRICT, new Event.CommandSent("RSET"))
            .talk(SOFT, new Event.CommandReceived("RSET"))
            .talk(SOFT, new Event.ReplySent(250, "2.0.0 Ok"))
            .talk(STRICT, new Event.ReplyReceived(250, "2.0.0 Ok"))
            .story();
    assertThat(Steps.of(story)).singleElement().isInstanceOf(Step.Conversation.class);
  }

  @Test
  void attemptsThatRunSideBySideAreToldTogether() {
    Story story =
        new Stage()
            .work(STRICT, Stage.accepted("s", BOB, ALICE))
            .work(STRICT, new Event.AttemptStarted(1, "soft.example"))
            .work(STRICT, new Event.AttemptStarted(1, "alice@strict.example"))
            .work(STRICT, BOB, new Event.Deferred(1, Instant.EPOCH, "4.4.1", "nobody answers"))
            .work(STRICT, ALICE, new Event.Stored(ALICE, "INBOX", 1))
            .work(STRICT, new Event.AttemptStarted(2, "soft.example"))
            .story();
    assertThat(Steps.of(story))
        .extracting(step -> step.seen().size())
        .containsExactly(1, 1, 2, 1, 1);
    assertThat(story.fates())
        .extracting(Fate::state)
        .containsExactly(Fate.State.WAITING, Fate.State.STORED);
  }

  @Test
  void theLinesOfAReplyAreShownApartButReadTogether() {
    String text = VIEW.live(whole().story()).render().replaceAll("<[^>]*>", "");
    assertThat(text).contains("250 mx.soft.example / SIZE 1000 / PIPELINING");
  }

  @Test
  void aConnectionThatNobodyHereAcceptedIsToldFromOneSide() {
    Story story =
        new Stage()
            .talk(
                STRICT,
                new Event.ConnectionFailed("smtp", "mx.far.example", "192.0.2.1", 25, "refused"))
            .story();
    assertThat(VIEW.live(story).render()).contains("mx.far.example", "refused");
  }

  @Test
  void theBadgeFollowsTheCopyToTheLastDomain() {
    assertThat(whole().story().fates())
        .singleElement()
        .satisfies(
            fate -> {
              assertThat(fate.state()).isEqualTo(Fate.State.STORED);
              assertThat(fate.place()).isEqualTo(SOFT);
            });
    assertThat(whole().story().isDone()).isTrue();
  }

  @Test
  void aJourneyIsNotDoneWhileADomainStillOwesIt() {
    Story relayed =
        new Stage()
            .work(STRICT, Stage.accepted("s", BOB))
            .work(SOFT, Stage.accepted("s", BOB))
            .work(STRICT, BOB, new Event.Relayed("mx.soft.example", "127.25.0.2", 250, "ok"))
            .story();
    assertThat(relayed.isDone()).isFalse();
    assertThat(relayed.fates()).extracting(Fate::state).containsExactly(Fate.State.QUEUED);
    assertThat(VIEW.live(relayed).attributes()).containsEntry("data-done", "false");
  }

  @Test
  void aNoteThatComesLateDoesNotHideWhatTheNextDomainDid() {
    Story story =
        new Stage()
            .work(STRICT, Stage.accepted("s", BOB))
            .work(SOFT, Stage.accepted("s", BOB))
            .work(SOFT, BOB, new Event.Stored(BOB, "INBOX", 1))
            .work(STRICT, BOB, new Event.Relayed("mx.soft.example", "127.25.0.2", 250, "ok"))
            .story();
    assertThat(story.fates()).extracting(Fate::state).containsExactly(Fate.State.STORED);
    assertThat(story.isDone()).isTrue();
  }

  @Test
  void aRefusalIsShownWhereNobodyAccepted() {
    Story story =
        new Stage()
            .work(STRICT, ALICE, new Event.Refused("RCPT", 550, "5.1.1 no such user", "unknown"))
            .story();
    assertThat(story.fates()).extracting(Fate::state).containsExactly(Fate.State.REFUSED);
    assertThat(story.fates().getFirst().words()).isEqualTo("550 5.1.1 no such user (unknown)");
  }

  @Test
  void aReasonThatTheReplyTellsIsNotToldTwice() {
    Event.Refused refused =
        new Event.Refused("message", 550, "5.7.1 No: nothing vouches", "dmarc: nothing vouches");
    Story story = new Stage().work(STRICT, refused).story();
    assertThat(story.fates().getFirst().words()).isEqualTo("550 5.7.1 No: nothing vouches");
    assertThat(VIEW.title(story)).isEqualTo("Refused");
  }

  @Test
  void aPlaceKeepsItsOrderWhereClocksDisagree() {
    List<Seen> strict = whole().story().seen().stream().filter(s -> s.place() == STRICT).toList();
    List<Seen> soft = whole().story().seen().stream().filter(s -> s.place() == SOFT).toList();
    List<Seen> turned = List.of(strict.get(1), strict.get(0));
    assertThat(Seen.merged(List.of(turned, soft)).subList(0, 2)).isEqualTo(turned);
  }
}
