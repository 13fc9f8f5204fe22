package org.thurn.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What figures mean nothing without: the machine, the versions, the disk, the time. */
final class Facts {
  private Facts() {}

  static Map<String, String> gather(Path root, Workplace place, Group group)
      throws IOException, InterruptedException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("begun", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("model", value("/proc/cpuinfo", "model name"));
    facts.put("memory", value("/proc/meminfo", "MemTotal"));
    facts.put("kernel", System.getProperty("os.version"));
    facts.put("file system", place.disk());
    facts.put("thurn", said(root, "git", "describe", "--always", "--dirty"));
    facts.put("java", Runtime.version().toString());
    facts.put("postfix", said(root, "postconf", "-h", "mail_version"));
    facts.put("dovecot", said(root, "dovecot", "--version"));
    facts.put("processor time by", group.kind());
    return facts;
  }

  private static String value(String file, String key) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }

  /** What a program prints, or "unknown". */
  static String said(Path folder, String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).directory(folder.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output.strip() : "unknown";
  }
}
