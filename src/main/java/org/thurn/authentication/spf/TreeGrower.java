package org.thurn.authentication.spf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.thurn.authentication.spf.SpfTree.Node;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/** Fetches the records of one {@link SpfTree}, each once, and none for ever. */
final class TreeGrower {
  private final Domain top;
  private final Resolver resolver;
  private final MacroExpander macros;
  private final Map<String, Node> grown = new HashMap<>();
  private final SequencedSet<String> above = new LinkedHashSet<>();
  private int questions;
  private int nodes;

  TreeGrower(Domain top, Resolver resolver, Time time) {
    this.top = top;
    this.resolver = resolver;
    // Only macros that depend on no client are expanded here.
    SpfRequest request = SpfRequest.helo(IpAddress.of("0.0.0.0"), top.ascii());
    SpfSettings settings = SpfSettings.of(top);
    Questions none = new Questions(resolver, settings, time);
    ClientNames names = new ClientNames(request.client(), none, settings);
    macros = new MacroExpander(request, settings, names, time.now());
  }

  SpfTree tree() {
    return new SpfTree(grow(top.ascii(), Optional.empty()), questions);
  }

  private Node grow(String domain, Optional<Term> by) {
    nodes++;
    TargetName target = TargetName.of(domain);
    String key = target.text().toLowerCase(Locale.ROOT);
    Node before = grown.get(key);
    if (above.contains(key)) {
      return leaf(domain, by, Optional.of("a loop"), "");
    }
    if (before != null) {
      return new Node(
          domain,
          by,
          before.record(),
          before.own(),
          before.lookUps(),
          Optional.empty(),
          "the same as before",
          List.of());
    }
    if (target.name().isEmpty() || !target.multiLabel()) {
      return leaf(domain, by, Optional.of("no name of a domain"), "");
    }
    if (questions == SpfTree.MAX_QUESTIONS) {
      return leaf(domain, by, Optional.empty(), "not looked at, there are too many records");
    }
    questions++;
    Answer answer = resolver.ask(target.name().get(), RecordType.TXT);
    above.add(key);
    Node node = node(target.text(), by, answer);
    above.remove(key);
    grown.put(key, node);
    return node;
  }

  private static Node leaf(
      String domain, Optional<Term> by, Optional<String> problem, String note) {
    return new Node(domain, by, Optional.empty(), 0, 0, problem, note, List.of());
  }

  private Node node(String domain, Optional<Term> by, Answer answer) {
    if (answer.failed()) {
      return leaf(domain, by, Optional.of("the DNS does not answer"), "");
    }
    List<String> texts = SpfRecord.among(answer);
    if (texts.size() != 1) {
      String words = texts.isEmpty() ? "no SPF record" : texts.size() + " SPF records, not one";
      return leaf(domain, by, Optional.of(words), "");
    }
    try {
      return node(domain, by, SpfRecord.parse(texts.getFirst()));
    } catch (SpfSyntaxException e) {
      return leaf(domain, by, Optional.of(e.shown()), "");
    }
  }

  private Node node(String domain, Optional<Term> by, SpfRecord record) {
    List<Node> branches = new ArrayList<>();
    int own = 0;
    boolean cut = false;
    for (Term term : record.reached()) {
      own += term.looksUp() ? 1 : 0;
      Optional<DomainSpec> target = branch(term);
      cut |= target.isPresent() && nodes == SpfTree.MAX_NODES;
      if (target.isPresent() && nodes < SpfTree.MAX_NODES) {
        branches.add(branch(term, target.get(), domain));
      }
    }
    long all = own + branches.stream().mapToLong(Node::lookUps).sum();
    return new Node(
        domain,
        by,
        Optional.of(record),
        Math.min(own, SpfTree.MAX_COUNT),
        (int) Math.min(all, SpfTree.MAX_COUNT),
        Optional.empty(),
        cut ? "more than can be shown" : "",
        branches);
  }

  private static Optional<DomainSpec> branch(Term term) {
    return switch (term) {
      case Directive(var _, Mechanism.Include(DomainSpec target)) -> Optional.of(target);
      case Modifier.Redirect(DomainSpec target) -> Optional.of(target);
      case Directive _, Modifier.Explanation _, Modifier.Unknown _ -> Optional.empty();
    };
  }

  private Node branch(Term term, DomainSpec target, String domain) {
    boolean constant =
        !target.macro().has(l -> l != MacroLetter.DOMAIN && l != MacroLetter.SENDER_DOMAIN);
    try {
      if (constant) {
        return grow(macros.target(target, domain).text(), Optional.of(term));
      }
    } catch (CheckEnded e) {
      return leaf(target.toString(), Optional.of(term), Optional.of(e.reason()), "");
    }
    nodes++;
    return leaf(target.toString(), Optional.of(term), Optional.empty(), "depends on who sends");
  }
}
