package org.thurn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The program behind bench/scale: an empty server, then a full one, by the same measure. */
public final class Scale {
  private Scale() {}

  /**
   * @param arguments the project's root, then the words of {@link ScaleOptions#USAGE}
   */
  public static void main(String[] arguments) throws Exception {
    String[] words = Arrays.copyOfRange(arguments, 1, arguments.length);
    if (words.length > 0 && List.of("-h", "--help").contains(words[0])) {
      System.out.print(ScaleOptions.USAGE);
      return;
    }
    ScaleOptions options;
    try {
      options = ScaleOptions.parse(Path.of(arguments[0]), words);
    } catch (IllegalArgumentException e) {
      Run.say("bench: " + e.getMessage() + "\n" + ScaleOptions.USAGE);
      System.exit(Run.USAGE);
      return;
    }
    double cores = Run.alone(options.anyway());
    try (Workplace place = new Workplace(options.parent())) {
      measure(options, place, cores);
    }
    System.exit(0);
  }

  private static void measure(ScaleOptions options, Workplace place, double cores)
      throws Exception {
    Stage stage = new Stage(options.root().resolve("thurn"), place);
    Map<String, String> facts = Facts.gather(options.root(), place, stage.driver);
    facts.put("others' cores before", Report.number(cores));
    Subject subject =
        switch (options.what()) {
          case QUEUE -> new QueueSubject(stage, options);
          case STORE -> new StoreSubject(stage, options);
        };
    Run.say("the empty server");
    Filled empty = subject.measure(place.folder("empty"), 0, true);
    Path folder = options.state().isPresent() ? options.state().get() : place.folder("full");
    mustFit(folder, options);
    Run.say("the full server: " + folder);
    Filled full = subject.measure(folder, options.messages(), !options.reuse());
    Map<String, Filled> measured = new LinkedHashMap<>();
    measured.put("empty", empty);
    measured.put("full", full);
    Path raw = Report.raw(options.root(), facts, List.of(measured));
    facts.forEach((key, value) -> System.out.println("- " + key + ": " + value));
    System.out.println();
    System.out.print(ScaleTables.markdown(empty, full));
    Run.say("raw figures: " + raw);
  }

  private static void mustFit(Path folder, ScaleOptions options) throws IOException {
    if (options.reuse() != Files.exists(folder.resolve("state"))) {
      throw new IOException(
          options.reuse() ? "nothing to reuse in " + folder : folder + " is filled: --reuse it?");
    }
    Files.createDirectories(folder);
  }
}
