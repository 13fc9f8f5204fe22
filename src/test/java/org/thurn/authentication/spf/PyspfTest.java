package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.Disturbance.Treatment;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.Served;
import org.thurn.dns.StubResolver;
import org.thurn.dns.ZoneTree;
import org.thurn.name.IpAddress;
import org.thurn.testing.Programs;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A thousand checks made by us and by pyspf, which ask the same server: outcomes, explanations and
 * the names that macros became are the same, or {@link PyspfDifference} says why not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PyspfTest {
  private static final int CASES = 1_000;
  private static final int AT_LEAST = 20;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path PACKAGES = Path.of("/usr/lib/python3/dist-packages");

  /** What either of the two said, and for which names of the case's own it asked. */
  private record Said(String outcome, String words, Set<String> asked) {}

  private List<SpfCase> cases = List.of();
  private List<Said> ours = List.of();
  private List<Said> theirs = List.of();

  @BeforeAll
  void check() throws Exception {
    Path python = Programs.requireFile(Path.of("/usr/bin/python3"));
    Programs.requireFile(PACKAGES.resolve("spf.py"));
    Programs.requireFile(PACKAGES.resolve("dns/resolver.py"));
    SpfCases generator = new SpfCases(7208);
    cases = Stream.generate(generator::next).limit(CASES).toList();
    Queue<Served> log = new ConcurrentLinkedQueue<>();
    InetSocketAddress any = new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
    try (AuthoritativeServer server = AuthoritativeServer.start(tree(), List.of(any), log::add)) {
      server.disturb((name, _) -> name.startsWith("bad.") ? Treatment.SERVFAIL : Treatment.NORMAL);
      InetSocketAddress address = server.addresses().getFirst();
      List<SpfResult> results = checkAll(address);
      ours = said(results.stream().map(PyspfTest::node).toList(), log);
      log.clear();
      theirs = said(pyspf(python, address), log);
    }
  }

  private ZoneTree tree() throws Exception {
    ZoneTree.Builder tree =
        ZoneTree.builder(Time.system())
            .unsigned(DnsName.ROOT)
            .records(String.join("\n", SpfCases.clients()));
    cases.forEach(one -> tree.records(String.join("\n", one.zone())));
    return tree.build();
  }

  private List<SpfResult> checkAll(InetSocketAddress address) throws IOException {
    Resolver resolver = new StubResolver(ResolverSettings.of(address), Time.system());
    SpfChecker checker = new SpfChecker(resolver, Checks.SETTINGS, Time.system());
    return cases.stream().map(SpfCase::request).map(checker::check).toList();
  }

  private static JsonNode node(SpfResult result) {
    String words = result.explanation().orElse("SPF fail - not authorized");
    return JSON.createObjectNode().put("outcome", result.outcome().word()).put("words", words);
  }

  private List<JsonNode> pyspf(Path python, InetSocketAddress address) throws Exception {
    StringBuilder input = new StringBuilder();
    for (SpfCase one : cases) {
      Map<String, String> fields =
          Map.of(
              "client", one.client(),
              "sender", one.sender(),
              "helo", one.helo(),
              "receiver", Checks.RECEIVER.ascii());
      input.append(JSON.writeValueAsString(fields)).append('\n');
    }
    String port = String.valueOf(address.getPort());
    List<String> command = List.of(python.toString(), "src/test/resources/spf/pyspf.py", port);
    Programs.Ran ran = Programs.run(Duration.ofMinutes(2), input.toString(), command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    return ran.output().lines().map(JSON::readTree).toList();
  }

  private List<Said> said(List<JsonNode> nodes, Queue<Served> log) {
    Map<String, Set<String>> asked =
        log.stream()
            .filter(served -> served.name().matches(".*\\.m\\.c\\d+\\.test\\."))
            .collect(
                Collectors.groupingBy(
                    served -> served.name().replaceFirst(".*\\.m\\.(c\\d+\\.test)\\.$", "$1"),
                    Collectors.mapping(s -> s.type() + " " + s.name(), Collectors.toSet())));
    assertThat(nodes).hasSameSizeAs(cases);
    List<Said> all = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      JsonNode node = nodes.get(i);
      all.add(
          new Said(
              node.get("outcome").asString(),
              node.get("words").asString().replaceAll("\\b[0-9]{10}\\b", "NOW"),
              asked.getOrDefault(cases.get(i).domain(), Set.of())));
    }
    return all;
  }

  @Test
  void bothSayTheSameOrTheRfcDecides() {
    Map<PyspfDifference, Integer> differences = new EnumMap<>(PyspfDifference.class);
    List<String> unexplained = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Said our = ours.get(i);
      Said their = theirs.get(i);
      boolean outcome = !our.outcome().equals(their.outcome());
      boolean words = !our.outcome().equals("fail") || our.words().equals(their.words());
      if (outcome || !words || !our.asked().equals(their.asked())) {
        Optional<PyspfDifference> difference =
            PyspfDifference.of(cases.get(i), outcome, their.words());
        difference.ifPresent(d -> differences.merge(d, 1, Integer::sum));
        if (difference.isEmpty()) {
          unexplained.add(our + "\n" + their + "\n" + String.join("\n", cases.get(i).texts()));
        }
      }
    }
    assertThat(unexplained).isEmpty();
    assertThat(PyspfDifference.values())
        .as("no difference is allowed that is not there")
        .allSatisfy(d -> assertThat(differences.get(d)).as(d + ": " + d.rule()).isNotNull());
    assertThat(differences.values().stream().mapToInt(n -> n).sum()).isLessThan(CASES / 5);
  }

  @Test
  void everyMechanismOutcomeAndMacroIsThereOften() throws SpfSyntaxException {
    Map<String, Integer> counts = new TreeMap<>();
    for (SpfCase one : cases) {
      for (String line : one.texts()) {
        count(line.substring(line.indexOf('"')).replace("\" \"", "").replace("\"", ""), counts);
      }
    }
    ours.forEach(said -> counts.merge(said.outcome(), 1, Integer::sum));
    Set<String> wanted = new HashSet<>();
    Stream.of("A", "All", "Exists", "Include", "Ip4", "Ip6", "Mx", "Ptr").forEach(wanted::add);
    Stream.of("Redirect", "Explanation", "Unknown").forEach(wanted::add);
    Arrays.stream(Outcome.values()).map(Outcome::word).forEach(wanted::add);
    Arrays.stream(MacroLetter.values()).map(l -> "%" + l.letter()).forEach(wanted::add);
    assertThat(counts.keySet()).containsAll(wanted);
    assertThat(counts)
        .allSatisfy((what, count) -> assertThat(count).as(what).isGreaterThanOrEqualTo(AT_LEAST));
  }

  private static void count(String text, Map<String, Integer> counts) {
    Pattern.compile("%\\{([a-zA-Z])")
        .matcher(text)
        .results()
        .map(found -> "%" + found.group(1).toLowerCase(Locale.ROOT))
        .filter(letter -> !letter.equals("%a"))
        .forEach(letter -> counts.merge(letter, 1, Integer::sum));
    try {
      for (Term term : SpfRecord.parse(text).terms()) {
        Object kind = term instanceof Directive(var _, Mechanism mechanism) ? mechanism : term;
        counts.merge(kind.getClass().getSimpleName(), 1, Integer::sum);
      }
    } catch (SpfSyntaxException _) {
      // an explanation, or one of the records that are wrong on purpose
      counts.merge("other", 1, Integer::sum);
    }
  }
}
