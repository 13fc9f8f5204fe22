package org.thurn.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.testing.SharedData;

class PublicSuffixesTest {
  @TempDir Path folder;

  /** The list's own tests: a name, and what of it somebody may have registered. */
  @Test
  void theListsOwnTests() throws IOException {
    PublicSuffixes suffixes = PublicSuffixes.load(SharedData.require("psl/public_suffix_list.dat"));
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String line : Files.readAllLines(SharedData.require("psl/tests.txt"))) {
      if (line.isBlank() || line.startsWith("//")) {
        continue;
      }
      count++;
      String[] parts = line.split(" ", 2);
      String expected =
          parts[1].equals("null") ? "null" : DomainName.parse(parts[1]).orElseThrow().text();
      String found =
          DomainName.parse(parts[0])
              .flatMap(suffixes::registrable)
              .map(DomainName::text)
              .orElse("null");
      if (!found.equals(expected)) {
        wrong.add(line + ": " + found);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(70);
  }

  @Test
  void aSmallOne() throws IOException {
    Path file = Files.writeString(folder.resolve("list"), "// c\ncom \n*.uk x\n!city.uk\n\n");
    PublicSuffixes suffixes = PublicSuffixes.load(file);
    assertThat(suffixes.size()).isEqualTo(3);
    assertThat(suffixes.organizationalDomain(DomainName.of("a.b.com")).text()).isEqualTo("b.com");
    assertThat(suffixes.organizationalDomain(DomainName.of("com")).text()).isEqualTo("com");
    assertThat(suffixes.organizationalDomain(DomainName.of("a.b.co.uk")).text())
        .isEqualTo("b.co.uk");
    assertThat(suffixes.organizationalDomain(DomainName.of("a.city.uk")).text())
        .isEqualTo("city.uk");
    assertThat(suffixes.registrable(DomainName.of("co.uk"))).isEmpty();
  }

  @Test
  void whatIsNoListIsRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "// nothing\n");
    assertThatThrownBy(() -> PublicSuffixes.load(empty)).hasMessageContaining("holds no rule");
    Path page = Files.writeString(folder.resolve("page"), "com\n<html>\n");
    assertThatThrownBy(() -> PublicSuffixes.load(page))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2");
    Path long1 = Files.writeString(folder.resolve("long"), "x".repeat(5_000));
    assertThatThrownBy(() -> PublicSuffixes.load(long1)).hasMessageContaining("5000 characters");
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i <= PublicSuffixes.MAX_RULES; i++) {
      rules.append("x").append(i).append('\n');
    }
    Path many = Files.writeString(folder.resolve("many"), rules);
    assertThatThrownBy(() -> PublicSuffixes.load(many)).hasMessageContaining("200000 rules");
  }
}
