package org.thurn.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents say of the code is true. */
class DocumentsTest {
  private static final Path DOCS = SourceTree.ROOT.resolve("docs");

  @Test
  void everyClassThatFlowNamesExists() {
    Set<String> known =
        SourceTree.java(SourceTree.MAIN).stream()
            .map(file -> SourceTree.MAIN.relativize(file).toString())
            .map(file -> file.replace('/', '.').replaceFirst("^org\\.thurn\\.|\\.java$", ""))
            .map(name -> name.replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());
    Matcher named =
        Pattern.compile("`((?:[a-z]+\\.)+[A-Z][A-Za-z0-9]*)`")
            .matcher(SourceTree.text(DOCS.resolve("flow.md")));
    Set<String> names = new TreeSet<>();
    while (named.find()) {
      names.add(named.group(1));
    }
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(known).containsAll(names);
  }

  @Test
  void everyRfcThatTheCodeCitesIsListed() {
    assertThat(listed()).containsAll(cited());
  }

  @Test
  void everyRfcRowSaysHowFarItIsKept() {
    assertThat(SourceTree.text(DOCS.resolve("rfc.md")).lines())
        .filteredOn(line -> line.matches("\\| *\\d+ .*"))
        .allMatch(line -> line.matches("\\| *\\d+ *\\| [^|]+ \\| (Yes|Partial|No) \\| [^|]+ \\|"));
  }

  private static Set<Integer> listed() {
    Set<Integer> numbers = new TreeSet<>();
    Matcher rows =
        Pattern.compile("(?m)^\\| *(\\d+) ").matcher(SourceTree.text(DOCS.resolve("rfc.md")));
    while (rows.find()) {
      numbers.add(Integer.parseInt(rows.group(1)));
    }
    return numbers;
  }

  private static Set<Integer> cited() {
    Set<Integer> numbers = new TreeSet<>();
    Pattern citation = Pattern.compile("RFCs? (\\d{3,5})((?:(?:, | and |-)\\d{4})*)");
    for (Path file : SourceTree.java(SourceTree.MAIN)) {
      Matcher matcher = citation.matcher(SourceTree.text(file));
      while (matcher.find()) {
        numbers.add(Integer.parseInt(matcher.group(1)));
        Matcher more = Pattern.compile("\\d{4}").matcher(matcher.group(2));
        while (more.find()) {
          numbers.add(Integer.parseInt(more.group()));
        }
      }
    }
    return numbers;
  }
}
