package org.thurn.bench;

import static org.thurn.bench.Report.head;
import static org.thurn.bench.Report.median;
import static org.thurn.bench.Report.row;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The tables of the transport measurements; each figure is the median of the rounds. */
final class MailTables {
  private final Map<Workload, List<Trial>> trials = new EnumMap<>(Workload.class);

  MailTables(List<Trial> all) {
    all.forEach(
        trial -> trials.computeIfAbsent(trial.workload(), _ -> new ArrayList<>()).add(trial));
  }

  String markdown() {
    return passages() + "\n" + ratios() + "\n" + rest();
  }

  private static final Map<String, Function<Trial, Passage>> PASSAGES = passagesByName();

  private static Map<String, Function<Trial, Passage>> passagesByName() {
    Map<String, Function<Trial, Passage>> all = new LinkedHashMap<>();
    all.put("10 cold", Trial::cold);
    all.put("10 warm", Trial::warm);
    all.put("50 warm", Trial::warmWide);
    return all;
  }

  private String passages() {
    StringBuilder text =
        new StringBuilder(
            head(
                3,
                "workload",
                "server",
                "sessions",
                "accepted/s",
                "drained/s",
                "CPU ms/message",
                "user",
                "system",
                "others' cores",
                "disturbed"));
    trials.forEach(
        (workload, runs) ->
            PASSAGES.forEach(
                (name, passage) ->
                    text.append(
                        row(
                            workload.label,
                            workload.server,
                            name,
                            of(runs, passage, Passage::accepted),
                            of(runs, passage, Passage::drained),
                            of(runs, passage, Passage::millis),
                            of(runs, passage, Passage::userMillis),
                            of(runs, passage, Passage::systemMillis),
                            of(runs, passage, Passage::others),
                            disturbed(runs, passage)))));
    return text.toString();
  }

  private static String disturbed(List<Trial> runs, Function<Trial, Passage> passage) {
    long count = runs.stream().filter(trial -> passage.apply(trial).disturbed()).count();
    return count == 0 ? "" : "disturbed, " + count + " of " + runs.size();
  }

  private static double of(
      List<Trial> runs, Function<Trial, Passage> passage, ToDoubleFunction<Passage> figure) {
    return median(runs, trial -> figure.applyAsDouble(passage.apply(trial)));
  }

  private String ratios() {
    StringBuilder text =
        new StringBuilder(
            head(2, "Thurn : peer", "sessions", "accepted/s", "drained/s", "CPU ms/message"));
    trials.forEach(
        (workload, runs) ->
            workload
                .counterpart()
                .filter(trials::containsKey)
                .ifPresent(
                    peer ->
                        PASSAGES.forEach(
                            (name, passage) ->
                                text.append(ratio(workload, runs, peer, name, passage)))));
    return text.toString();
  }

  private String ratio(
      Workload workload,
      List<Trial> runs,
      Workload peer,
      String name,
      Function<Trial, Passage> passage) {
    List<Trial> peers = trials.getOrDefault(peer, List.of());
    return row(
        workload.label + " : " + peer.server,
        name,
        of(runs, passage, Passage::accepted) / of(peers, passage, Passage::accepted),
        of(runs, passage, Passage::drained) / of(peers, passage, Passage::drained),
        of(runs, passage, Passage::millis) / of(peers, passage, Passage::millis));
  }

  private String rest() {
    StringBuilder text =
        new StringBuilder(
            head(
                2,
                "workload",
                "server",
                "MiB idle",
                "MiB loaded",
                "DATA p50 ms",
                "p99",
                "whole p50 ms",
                "p99"));
    trials.forEach(
        (workload, runs) ->
            text.append(
                row(
                    workload.label,
                    workload.server,
                    median(runs, Trial::idle),
                    median(runs, Trial::loaded),
                    median(runs, trial -> trial.latency().dataMedian()),
                    median(runs, trial -> trial.latency().dataSlow()),
                    median(runs, trial -> trial.latency().wholeMedian()),
                    median(runs, trial -> trial.latency().wholeSlow()))));
    return text.toString();
  }
}
