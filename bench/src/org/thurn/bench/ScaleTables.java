package org.thurn.bench;

import static org.thurn.bench.Report.head;
import static org.thurn.bench.Report.median;
import static org.thurn.bench.Report.number;
import static org.thurn.bench.Report.row;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The tables of bench/scale: empty beside full. */
final class ScaleTables {
  private static final double MIB = 1 << 20;

  private final Filled empty;
  private final Filled full;

  private ScaleTables(Filled empty, Filled full) {
    this.empty = empty;
    this.full = full;
  }

  static String markdown(Filled empty, Filled full) {
    ScaleTables tables = new ScaleTables(empty, full);
    return tables.figures() + "\n" + tables.commands();
  }

  private String figures() {
    return head(1, "", "empty", "full", "full : empty")
        + row("messages", "%,d".formatted(empty.messages()), "%,d".formatted(full.messages()), "")
        + line("accepted/s", of(Passage::accepted))
        + line("drained/s", of(Passage::drained))
        + line("CPU ms/message", of(Passage::millis))
        + line("user", of(Passage::userMillis))
        + line("system", of(Passage::systemMillis))
        + plain("others' cores", of(Passage::others))
        + plain("start-up to 220, s", filled -> filled.first().greeting())
        + plain("CPU until quiet, s", filled -> filled.first().busy())
        + plain("quiet after, s", filled -> filled.first().quiet())
        + plain("start-up at the end, s", filled -> filled.again().greeting())
        + plain("MiB quiet", filled -> filled.first().memory())
        + plain("MiB loaded, at the most", Filled::loaded)
        + plain("MiB on disk before", filled -> filled.octets() / MIB)
        + row("octets on disk a message", "", full.generation() == 0 ? "" : each(full.octets()), "")
        + row("messages made a second", "", full.generation() == 0 ? "" : rate(), "");
  }

  private String each(long octets) {
    return number((double) (octets - empty.octets()) / full.messages());
  }

  private String rate() {
    return number(full.messages() / full.generation());
  }

  private static ToDoubleFunction<Filled> of(ToDoubleFunction<Passage> figure) {
    return filled -> median(filled.passages(), figure);
  }

  private String line(String title, ToDoubleFunction<Filled> figure) {
    double less = figure.applyAsDouble(empty);
    double more = figure.applyAsDouble(full);
    return row(title, less, more, more / less);
  }

  private String plain(String title, ToDoubleFunction<Filled> figure) {
    return row(title, figure.applyAsDouble(empty), figure.applyAsDouble(full), "");
  }

  private String commands() {
    StringBuilder text =
        new StringBuilder(
            head(
                2,
                "command",
                "server",
                "first line, s",
                "whole, s",
                "CPU, s",
                "lines",
                "last line"));
    text.append(commands("empty", empty.commands()));
    return text.append(commands("full", full.commands())).toString();
  }

  private static String commands(String server, List<Command> commands) {
    StringBuilder text = new StringBuilder();
    for (Command command : commands) {
      text.append(
          row(
              "`thurn " + command.words() + "`",
              server,
              command.first(),
              command.seconds(),
              command.busy(),
              "%,d".formatted(command.lines()),
              command.last()));
    }
    return text.toString();
  }
}
