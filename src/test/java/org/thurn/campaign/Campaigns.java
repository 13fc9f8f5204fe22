package org.thurn.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * The program behind {@code bench/campaign}: {@code --kills N}, {@code --seed N}, {@code --power}.
 */
final class Campaigns {
  private Campaigns() {}

  public static void main(String[] arguments) throws Exception {
    int kills = Integer.parseInt(value(arguments, "--kills", "500"));
    long seed = Long.parseLong(value(arguments, "--seed", "" + new Random().nextInt(1_000_000)));
    System.out.println("seed " + seed);
    Path folder = Files.createTempDirectory("thurn-campaign-");
    boolean power = Arrays.asList(arguments).contains("--power");
    Report report =
        power
            ? Campaign.runWithPowerCuts(folder, Path.of("cc"), kills, seed, PowerCut.NEVER)
            : Campaign.run(folder, kills, seed);
    System.out.println(report.inWords());
    System.out.println(report.findings().isEmpty() ? "all is accounted for" : "see " + folder);
    System.exit(report.findings().isEmpty() ? 0 : 1);
  }

  private static String value(String[] arguments, String name, String otherwise) {
    for (int i = 0; i + 1 < arguments.length; i++) {
      if (arguments[i].equals(name)) {
        return arguments[i + 1];
      }
    }
    return otherwise;
  }
}
