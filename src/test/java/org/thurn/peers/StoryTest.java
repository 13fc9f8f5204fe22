package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.testing.Programs;
import tools.jackson.databind.JsonNode;

/** One message from swaks to mutt and curl, and the one story that traces and logs tell of it. */
@ExtendWith(LabFixture.class)
class StoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ALICE = "alice@strict.example";
  private static final String BOB = "bob@soft.example";
  private static final String MESSAGE_ID = "<the.story@strict.example>";

  private final RunningLab lab;

  StoryTest(RunningLab lab) {
    this.lab = lab;
  }

  @Test
  void tracesAndLogsTellTheSameStory(@TempDir Path folder) throws Exception {
    submit();
    readWithMutt(folder);
    readWithCurl();

    List<JsonNode> strict = settled("strict.example", "relayed");
    List<JsonNode> soft = settled("soft.example", "stored");

    assertThat(types(strict))
        .containsSubsequence(
            "connection-accepted",
            "reply-sent",
            "tls-established",
            "authentication-succeeded",
            "recipient-resolved",
            "accepted",
            "attempt-started",
            "command-sent",
            "reply-received",
            "relayed");
    // perhaps before all that, by a message that went the same way earlier
    assertThat(types(strict)).contains("connection-opened");
    assertThat(texts(strict, "reply-received"))
        .anySatisfy(text -> assertThat(text).contains("ESMTP"));
    assertThat(types(soft))
        .containsSubsequence(
            "connection-accepted",
            "reply-sent",
            "tls-established",
            "recipient-resolved",
            "accepted",
            "attempt-started",
            "stored");
    String queue = first(soft, "stored").path("queue").asString();
    List<JsonNode> transaction =
        soft.stream().filter(event -> event.path("queue").asString("").equals(queue)).toList();
    assertThat(texts(transaction, "reply-sent"))
        .contains("2.1.0 Ok", "2.1.5 Ok", "2.0.0 Ok: queued as " + queue)
        .allSatisfy(text -> assertThat(texts(strict, "reply-received")).contains(text));
    assertThat(first(strict, "relayed").path("reply").asString())
        .isEqualTo("250 2.0.0 Ok: queued as " + queue);
    for (String domain : List.of("strict.example", "soft.example")) {
      assertLogged(domain, domain.startsWith("strict") ? strict : soft);
    }
  }

  private void submit() throws Exception {
    List<String> command =
        List.of(
            Programs.require("swaks").toString(),
            "--server",
            lab.at("strict.example", "submission"),
            "--tls",
            "--auth",
            "PLAIN",
            "--auth-user",
            ALICE,
            "--auth-password",
            lab.password(ALICE),
            "--from",
            ALICE,
            "--to",
            BOB,
            "--header",
            "Subject: the story",
            "--header",
            "Message-Id: " + MESSAGE_ID,
            "--body",
            "Once upon a time");
    Programs.Ran ran = Programs.run(LIMIT, "", command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    lab.awaitMail(BOB, "the story");
  }

  private void readWithMutt(Path folder) throws Exception {
    Programs.require("mutt");
    Path copy = folder.resolve("copy");
    new Mutt(lab, folder).copyFirst(BOB, "~s 'the story'", copy);
    assertThat(Files.readString(copy)).contains("Once upon a time");
  }

  private void readWithCurl() throws Exception {
    String url =
        "imaps://%s/INBOX;UID=%d"
            .formatted(lab.at("soft.example", "imaps"), lab.awaitMail(BOB, "the story"));
    List<String> command =
        List.of(
            Programs.require("curl").toString(),
            "-sS",
            "--noproxy",
            "*",
            "--cacert",
            lab.authority().toString(),
            "-u",
            BOB + ":" + lab.password(BOB),
            url);
    assertThat(Programs.run(LIMIT, "", command).output())
        .contains("Message-Id: " + MESSAGE_ID, "Once upon a time");
  }

  /** The trace by Message-ID, once it holds an event of this type. */
  private List<JsonNode> settled(String domain, String type) throws Exception {
    return Polls.until(
        type + " in the trace of " + domain,
        () -> Optional.of(lab.trace(domain, MESSAGE_ID)).filter(all -> types(all).contains(type)));
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").asString()).toList();
  }

  private static JsonNode first(List<JsonNode> events, String type) {
    return events.stream()
        .filter(event -> event.path("type").asString().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(List<JsonNode> events, String type) {
    return events.stream()
        .filter(event -> event.path("type").asString().equals(type))
        .map(event -> event.path("text").asString())
        .toList();
  }

  /** Every event of the trace is a line of the log, with the same id, time and words. */
  private void assertLogged(String domain, List<JsonNode> events) throws Exception {
    Path log = lab.state(domain).resolve("mail.log");
    String last = "event=" + events.getLast().path("id").asString() + " ";
    String text =
        Polls.until(
            last + "in " + log,
            () -> Optional.of(Files.readString(log)).filter(all -> all.contains(last)));
    assertThat(text.lines())
        .allMatch(line -> line.matches("time=\\S+ event=\\S+ message=\\S+ queue=\\S+ type=.*"));
    for (JsonNode event : events) {
      String id = event.path("id").asString();
      String line =
          text.lines().filter(each -> each.contains(" event=" + id + " ")).findFirst().orElse("");
      assertThat(line)
          .as(event.toString())
          .startsWith("time=" + event.path("time").asString() + " event=" + id + " ")
          .contains(" type=" + event.path("type").asString() + " ")
          .contains(" session=" + event.path("session").asString("-") + " ");
      for (String words : List.of("text", "reply", "command")) {
        assertThat(line).contains(event.path(words).asString(""));
      }
    }
  }
}
