package org.thurn.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.dns.ZoneTree;
import org.thurn.name.IpAddress;
import org.thurn.testing.MailDmarc;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hundreds of messages judged by us and by Debian's libmail-dmarc-perl, which ask the same server.
 * It knows RFC 7489 alone: with a list of public suffixes we must say the same of all of them, and
 * by the walk of RFC 9989 of those whose organizations the walk finds too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailDmarcTest {
  private static final int CASES = 600;
  private static final JsonMapper JSON = new JsonMapper();

  private final List<MailDmarcCases.Case> cases = new ArrayList<>();
  private List<String> theirs = List.of();
  private List<String> byList = List.of();
  private List<String> byWalk = List.of();

  @BeforeAll
  void judge(@TempDir Path folder) throws Exception {
    MailDmarc.require();
    MailDmarcCases generator = new MailDmarcCases(7489);
    Stream.generate(generator::next).limit(CASES).forEach(cases::add);
    Path list = Files.writeString(folder.resolve("list"), "test\nco.test\n");
    ZoneTree.Builder tree = ZoneTree.builder(Time.system()).unsigned(DnsName.ROOT);
    cases.forEach(one -> tree.records(String.join("\n", one.zone()) + "\n"));
    InetSocketAddress any = new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
    try (AuthoritativeServer server =
        AuthoritativeServer.start(tree.build(), List.of(any), _ -> {})) {
      InetSocketAddress address = server.addresses().getFirst();
      byList = judgeAll(address, Optional.of(PublicSuffixes.load(list)));
      byWalk = judgeAll(address, Optional.empty());
      List<JsonNode> questions = cases.stream().map(MailDmarcTest::question).toList();
      theirs =
          MailDmarc.ask(folder, list, address.getPort(), questions).stream()
              .map(MailDmarcTest::said)
              .toList();
    }
  }

  private List<String> judgeAll(InetSocketAddress address, Optional<PublicSuffixes> suffixes)
      throws Exception {
    Resolver resolver = new StubResolver(ResolverSettings.of(address), Time.system());
    DmarcSettings settings =
        new DmarcSettings(
            suffixes, DmarcSettings.QUESTIONS, DmarcSettings.TIME, LocalPolicy.DEFAULT);
    DmarcEvaluator evaluator = new DmarcEvaluator(resolver, settings, Time.system());
    return cases.stream().map(one -> said(evaluator.evaluate(request(one)))).toList();
  }

  private static DmarcRequest request(MailDmarcCases.Case one) {
    AuthorDomains authors = AuthorDomains.of(DomainName.of(one.author()));
    return new DmarcRequest(authors, Optional.of(one.spf()), one.dkim());
  }

  private static JsonNode question(MailDmarcCases.Case one) {
    ObjectNode node = JSON.createObjectNode();
    node.put("author", one.author());
    node.putArray("spf")
        .addObject()
        .put("domain", one.spf().domain())
        .put("result", one.spf().code().word());
    ArrayNode dkim = node.putArray("dkim");
    for (DkimInput input : one.dkim()) {
      dkim.addObject()
          .put("domain", input.domain())
          .put("selector", input.selector())
          .put("result", input.code().word());
    }
    return node;
  }

  private static String said(JsonNode node) {
    return node.has("error")
        ? node.get("error").asString()
        : Stream.of("result", "disposition", "dkim", "spf")
            .map(name -> node.get(name).asString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
  }

  private static String said(DmarcResult result) {
    Evaluation evaluation = result.decisive().orElseThrow();
    return String.join(
        " ",
        result.outcome().word(),
        result.requested().word(),
        evaluation.passesBy(Alignment.Method.DKIM) ? "pass" : "fail",
        evaluation.passesBy(Alignment.Method.SPF) ? "pass" : "fail");
  }

  private void compare(List<String> ours, boolean walkedOnly, int atLeast) {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < cases.size(); i++) {
      MailDmarcCases.Case one = cases.get(i);
      if (walkedOnly && !one.walked()) {
        continue;
      }
      compared++;
      if (!ours.get(i).equals(theirs.get(i))) {
        wrong.add(ours.get(i) + ", not " + theirs.get(i) + ": " + one);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(atLeast);
  }

  @Test
  void byTheListAllAreTheSame() {
    compare(byList, false, CASES - 1);
  }

  @Test
  void byTheWalkTheSameWhereTheRulesAgree() {
    compare(byWalk, true, CASES / 2);
  }

  /** The cases are worth something: each outcome and disposition is among them. */
  @Test
  void everythingOccurs() {
    assertThat(String.join("\n", theirs))
        .contains("pass none pass pass", "pass none fail pass", "pass none pass fail")
        .contains("fail reject", "fail quarantine", "fail none", "none none");
  }
}
