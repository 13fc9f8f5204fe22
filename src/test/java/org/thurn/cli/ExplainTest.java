package org.thurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.cli.CommandLineRun.thurn;
import static org.thurn.cli.CommandLineRun.thurnWithInput;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.admin.Exit;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.ZoneTree;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainTest {
  private static final String MESSAGE =
      """
      Return-Path: <alice@away.example>
      Received: from mx.away.example (mx.away.example [192.0.2.1])
       by mx.ours.example (Thurn) with ESMTPS id 1; Tue, 24 Nov 2026 06:40:09 +0000
      Received: from laptop (unknown [192.0.2.77]) by mx.away.example (Postfix)
       with ESMTPSA id 2; Tue, 24 Nov 2026 07:40:04 +0100 (CET)
      Authentication-Results: mx.ours.example; spf=pass smtp.mailfrom=alice@away.example
      From: Alice <alice@away.example>
      To: bob@ours.example
      Subject: =?utf-8?q?gr=C3=BCn?=
      Date: Tue, 24 Nov 2026 06:40:00 +0000
      Message-ID: <1@away.example>

      Hello.
      """;

  @TempDir private Path folder;
  private final DkimKey key = DkimKey.generate(Algorithm.ED25519_SHA256);
  private AuthoritativeServer dns;
  private String resolver;

  @BeforeEach
  void serveNames() throws Exception {
    SigningKey signing = new SigningKey(Domain.of("away.example"), "k", key);
    ZoneTree zones =
        ZoneTree.builder(Time.system())
            .server(IpAddress.of("127.0.0.1"))
            .unsigned(new DnsName("example"))
            .records(
                """
                away.example. 300 IN TXT "v=spf1 ip4:192.0.2.1 -all exp=why.away.example"
                why.away.example. 300 IN TXT "%{i} is not ours"
                time.example. 300 IN TXT "v=spf1 -all exp=why.time.example"
                why.time.example. 300 IN TXT "not at %{t}"
                _dmarc.away.example. 300 IN TXT "v=DMARC1; p=reject"
                """
                    + signing.zoneLine(Set.of())
                    + "\n")
            .build();
    dns =
        AuthoritativeServer.start(
            zones, List.of(new InetSocketAddress(IpAddress.of("127.0.0.1"), 0)), _ -> {});
    InetSocketAddress address = dns.addresses().getFirst();
    resolver = "127.0.0.1:" + address.getPort();
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static JsonNode json(String line) {
    return JsonMapper.shared().readTree(line);
  }

  private static List<JsonNode> lines(CommandLineRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    return run.out().lines().map(ExplainTest::json).toList();
  }

  private String signed(String... more) throws Exception {
    Path pem = Files.writeString(folder.resolve("key.pem"), key.toPem());
    List<String> words =
        new ArrayList<>(
            List.of("dkim", "sign", "--domain", "away.example", "--selector", "k", "--key"));
    words.add(pem.toString());
    words.addAll(List.of(more));
    words.add(file("plain.eml", MESSAGE));
    return written(words);
  }

  /** What a command writes as octets. */
  private static String written(List<String> words) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      CommandLineRun run = thurn(words.toArray(String[]::new));
      assertThat(run.exit()).as(run.toString()).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aForwarderSealsTwice() throws Exception {
    String once = sealed(file("signed.eml", signed()));
    String twice = sealed(file("once.eml", once));
    assertThat(once)
        .contains("cv=none")
        .contains("ARC-Authentication-Results: i=1; mx.away.example");
    assertThat(twice).contains("cv=pass");
    List<JsonNode> arc =
        lines(thurn("arc", "verify", "--resolver", resolver, file("twice.eml", twice)));
    assertThat(arc.getFirst().get("arc").get("cv").stringValue()).isEqualTo("pass");
    String broken = file("broken.eml", twice.replace("Hello.", "Bye."));
    assertThat(lines(thurn("arc", "verify", "--resolver", resolver, broken)).getFirst().toString())
        .contains("\"cv\":\"fail\"");
  }

  private String sealed(String file) throws Exception {
    return written(
        List.of(
            "arc",
            "seal",
            "--domain",
            "away.example",
            "--selector",
            "k",
            "--key",
            folder.resolve("key.pem").toString(),
            "--resolver",
            resolver,
            "--auth-results",
            "mx.away.example; dkim=pass header.d=away.example",
            file));
  }

  @Test
  void everythingIsExplainedInOneDocument() throws Exception {
    String file = file("signed.eml", signed());
    JsonNode told = lines(thurn("explain", "--json", "--resolver", resolver, file)).getFirst();

    assertThat(told.propertyNames()).containsExactly("spf", "dkim", "arc", "dmarc", "hops");
    assertThat(told.get("spf").get("result").stringValue()).isEqualTo("pass");
    assertThat(told.get("spf").get("domain").stringValue()).isEqualTo("away.example");
    assertThat(told.get("dkim").get(0).get("result").stringValue()).isEqualTo("pass");
    assertThat(told.get("dkim").get(0).get("selector").stringValue()).isEqualTo("k");
    assertThat(told.get("dkim").get(0).get("algorithm").stringValue()).isEqualTo("ed25519-sha256");
    assertThat(told.get("arc").get("cv").stringValue()).isEqualTo("none");
    assertThat(told.get("dmarc").get("result").stringValue()).isEqualTo("pass");
    assertThat(told.get("dmarc").get("policy").stringValue()).isEqualTo("reject");
    assertThat(told.get("dmarc").get("alignment").stringValue()).isEqualTo("spf dkim");
    assertThat(told.get("hops").get(0).get("ip").stringValue()).isEqualTo("192.0.2.77");
    assertThat(told.get("hops").get(0).get("trust").stringValue()).isEqualTo("consistent");
    assertThat(told.get("hops").get(1).get("delay").longValue()).isEqualTo(5);
    assertThat(told.get("hops").get(1).get("trust").stringValue()).isEqualTo("witnessed");
  }

  @Test
  void aPersonReadsWhy() throws Exception {
    String broken = signed().replace("Hello.", "Pay me.");
    CommandLineRun run =
        thurn(
            "explain",
            "--resolver",
            resolver,
            "--ip",
            "198.51.100.1",
            "--helo",
            "mx.evil.example",
            "--mail-from",
            "alice@away.example",
            file("broken.eml", broken));

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("Subject     grün")
        .contains("1. laptop [192.0.2.77] -> mx.away.example, ESMTPSA")
        .contains("a claim that fits the next hop")
        .contains("SPF    fail      away.example")
        .contains("its owner says: 198.51.100.1 is not ours")
        .contains("DKIM   fail      away.example, key k, ed25519-sha256")
        .contains("DMARC  fail      away.example, p=reject");
  }

  @Test
  void manyFilesAreOneLineEachInTheirOrder() throws Exception {
    String good = file("good.eml", signed());
    String bad = file("bad.eml", signed().replace("Hello.", "Bye."));
    List<JsonNode> dkim = lines(thurn("dkim", "verify", "--resolver", resolver, bad, good));

    assertThat(dkim).extracting(line -> line.get("file").stringValue()).containsExactly(bad, good);
    assertThat(dkim)
        .extracting(line -> line.get("dkim").get(0).get("result").stringValue())
        .containsExactly("fail", "pass");
    List<JsonNode> arc = lines(thurn("arc", "verify", "--resolver", resolver, bad, good));
    assertThat(arc)
        .extracting(line -> line.get("arc").get("cv").stringValue())
        .containsOnly("none");
    List<JsonNode> spf = lines(thurn("spf", "--resolver", resolver, bad, good));
    assertThat(spf)
        .extracting(line -> line.get("spf").get("result").stringValue())
        .containsOnly("pass");
  }

  @Test
  void spfNeedsNoMessage() {
    List<JsonNode> spf =
        lines(
            thurn(
                "spf",
                "--resolver",
                resolver,
                "--ip",
                "198.51.100.1",
                "--mail-from",
                "x@away.example"));
    assertThat(spf.getFirst().get("spf").get("result").stringValue()).isEqualTo("fail");
    assertThat(spf.getFirst().get("spf").get("explanation").stringValue())
        .isEqualTo("198.51.100.1 is not ours");
  }

  @Test
  void standardInputIsAFile() throws Exception {
    CommandLineRun run = thurnWithInput(signed(), "dkim", "verify", "--resolver", resolver, "-");
    JsonNode line = lines(run).getFirst();
    assertThat(line.get("file").stringValue()).isEqualTo("-");
    assertThat(line.get("dkim").get(0).get("result").stringValue()).isEqualTo("pass");
  }

  @Test
  void aMessageIsSeenAsOfADay() throws Exception {
    String signed = signed("--at", "2026-11-24T06:40:00Z");
    assertThat(signed).contains("t=1795502400");
    String file = file("future.eml", signed);
    JsonNode before =
        lines(thurn("dkim", "verify", "--resolver", resolver, "--at", "2026-11-01T00:00:00Z", file))
            .getFirst();
    assertThat(before.get("dkim").get(0).get("result").stringValue()).isEqualTo("policy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain --at yesterday x.eml",
        "explain --ip nowhere x.eml",
        "spf --resolver nobody:x --ip 192.0.2.1",
        "spf",
        "dkim",
        "dkim verify",
        "arc",
        "dkim sign --domain away.example --selector k"
      })
  void aWrongCommandLineIs64(String line) throws Exception {
    file("x.eml", MESSAGE);
    CommandLineRun run =
        thurn(line.replace("x.eml", folder.resolve("x.eml").toString()).split(" "));
    assertThat(run.exit()).as(run.toString()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aFileThatIsNotThereIs65() {
    CommandLineRun run = thurn("explain", "--resolver", resolver, "nowhere.eml");
    assertThat(run.exit()).isEqualTo(Exit.DATA);
    assertThat(run.err()).contains("nowhere.eml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dkim verify", "arc verify", "spf"})
  void aFileThatIsNotThereKeepsNoOtherFromBeingLookedAt(String command) throws Exception {
    String there = file("x.eml", MESSAGE);
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--resolver", resolver, there, "nowhere.eml", there));
    CommandLineRun run = thurn(words.toArray(String[]::new));
    assertThat(run.exit()).isEqualTo(Exit.DATA);
    assertThat(run.err()).contains("nowhere.eml");
    List<JsonNode> lines = run.out().lines().map(ExplainTest::json).toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).get("error").stringValue()).contains("nowhere.eml");
    assertThat(lines.get(2).get("error")).isNull();
    assertThat(lines.get(2).get(words.getFirst())).isNotNull();
  }

  @Test
  void aKeyThatIsNotThereIs65() throws Exception {
    CommandLineRun run =
        thurn(
            "dkim",
            "sign",
            "--domain",
            "away.example",
            "--selector",
            "k",
            "--key",
            "no.pem",
            file("x.eml", MESSAGE));
    assertThat(run.exit()).isEqualTo(Exit.DATA);
    assertThat(run.err()).contains("no.pem: there is no such file");
  }

  @Test
  void theTimeOfTheSceneIsThatOfItsExplanations() {
    List<JsonNode> spf =
        lines(
            thurn(
                "spf",
                "--resolver",
                resolver,
                "--ip",
                "192.0.2.9",
                "--mail-from",
                "x@time.example",
                "--at",
                "2026-11-01T00:00:00Z"));
    assertThat(spf.getFirst().get("spf").get("explanation").stringValue())
        .isEqualTo("not at 1793491200");
  }
}
