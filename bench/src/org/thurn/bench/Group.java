package org.thurn.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Processes that belong together: a server's, or those that drive it. They live in a control group
 * (cgroups(7), version 2) of their own where this user may make one, so that none is missed and
 * their time is exact; elsewhere they are a process's descendants, and time is counted in ticks.
 */
abstract sealed class Group implements AutoCloseable permits ControlGroup, Descendants {
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final List<Process> started = new ArrayList<>();
  private boolean closed;

  /** Makes one, of the better kind if possible. */
  static Group make(String name) {
    return ControlGroup.below(name).<Group>map(group -> group).orElseGet(Descendants::new);
  }

  /** How time is known, for the report. */
  abstract String kind();

  /** Time that all of them used until now, the ended ones too. */
  abstract Cpu cpu() throws IOException;

  /** Those that run now. */
  abstract Set<Long> members() throws IOException;

  /** The command as it must be started to be a member. */
  abstract List<String> wrapped(List<String> command);

  /** Starts a program whose output goes to a file. */
  Process start(Path folder, File output, Map<String, String> environment, List<String> command)
      throws IOException {
    return start(
        new ProcessBuilder(wrapped(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output)),
        environment);
  }

  /** Starts a program whose output, errors included, is read from the process. */
  Process startPiped(Path folder, List<String> command) throws IOException {
    return start(
        new ProcessBuilder(wrapped(command)).directory(folder.toFile()).redirectErrorStream(true),
        Map.of());
  }

  private synchronized Process start(ProcessBuilder builder, Map<String, String> environment)
      throws IOException {
    if (closed) {
      throw new IOException("it is over"); // Ctrl-C, while somebody goes on
    }
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.removeIf(one -> !one.isAlive());
    started.add(process);
    return process;
  }

  final synchronized List<Process> started() {
    return List.copyOf(started);
  }

  /** MiB of memory of all of them, each shared page counted once. */
  final double memory() throws IOException {
    long kib = 0;
    for (long pid : members()) {
      kib += Processes.proportionalKib(pid);
    }
    return kib / 1024.0;
  }

  /** Ends them: those that were started here are asked first, and after a while all are made to. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    Set<Long> mine = new HashSet<>(members());
    started().forEach(Process::destroy);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!members().isEmpty()) {
      boolean late = System.nanoTime() > end;
      mine.addAll(members());
      for (long pid : members()) {
        if (late || orphaned(pid, mine)) {
          ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
      Pause.millis(20);
    }
  }

  /** Its parent has ended: nobody will tell it to end. */
  private boolean orphaned(long pid, Set<Long> mine) {
    boolean root = started().stream().anyMatch(process -> process.pid() == pid);
    return !root
        && Processes.stat(pid).map(stat -> !mine.contains(stat.parent())).orElse(false)
        && started().stream().noneMatch(Process::isAlive);
  }
}
