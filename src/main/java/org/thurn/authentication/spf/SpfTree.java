package org.thurn.authentication.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Resolver;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/**
 * What a domain's record leads to, for its owner: all includes and redirects with what they cost. A
 * check may stop early and cost less; it never costs more.
 *
 * @param root the domain itself
 * @param questions how many were asked of the DNS, at most {@link #MAX_QUESTIONS}
 */
public record SpfTree(Node root, int questions) {
  /** Records that are fetched for one tree; each is fetched once. */
  public static final int MAX_QUESTIONS = 50;

  /** Nodes of one tree; the rest is left out. */
  public static final int MAX_NODES = 200;

  /** Counts go no further. */
  public static final int MAX_COUNT = 1_000;

  /**
   * One record in its place.
   *
   * @param domain whose record it is; as the term writes it, if it depends on the client
   * @param by the include or redirect that leads here; empty for the root
   * @param record the record, if there is one and it has no mistake
   * @param own how many of its own terms look something up, up to its {@code all}
   * @param lookUps the same with all that is below
   * @param problem what makes a check fail here, in words
   * @param note what else there is to say; else empty
   * @param branches its includes in their order, then its redirect
   */
  public record Node(
      String domain,
      Optional<Term> by,
      Optional<SpfRecord> record,
      int own,
      int lookUps,
      Optional<String> problem,
      String note,
      List<Node> branches) {
    public Node {
      branches = List.copyOf(branches);
    }
  }

  /** Asks for the domain's record and all that it leads to. */
  public static SpfTree of(Domain domain, Resolver resolver, Time time) {
    return new TreeGrower(domain, resolver, time).tree();
  }

  /** The terms that look something up, with all that is included. */
  public int lookUps() {
    return root.lookUps();
  }

  /** Everything that is wrong, a line each; empty if nothing is. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (lookUps() > SpfSettings.LOOK_UPS) {
      problems.add(
          root.domain()
              + ": "
              + lookUps()
              + " terms look something up, "
              + SpfSettings.LOOK_UPS
              + " are allowed");
    }
    collect(root, problems);
    return List.copyOf(problems);
  }

  private static void collect(Node node, List<String> problems) {
    node.problem().ifPresent(words -> problems.add(Words.of(node.domain()) + ": " + words));
    node.branches().forEach(branch -> collect(branch, problems));
  }

  /** The tree for a terminal, a line a node, deeper ones further to the right. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    draw(root, "", lines);
    return List.copyOf(lines);
  }

  private static void draw(Node node, String indent, List<String> lines) {
    String what = Words.of(node.by().map(Term::toString).orElse(node.domain()));
    String count = node.lookUps() + (node.lookUps() == 1 ? " look-up" : " look-ups");
    String own = node.branches().isEmpty() ? "" : ", " + node.own() + " of its own";
    String note = node.note().isEmpty() ? "" : "; " + node.note();
    String problem = node.problem().map(words -> "; " + words).orElse("");
    lines.add(indent + what + ": " + count + own + note + problem);
    node.branches().forEach(branch -> draw(branch, indent + "  ", lines));
  }
}
