package org.thurn.cli;

import java.io.IOException;
import java.net.BindException;
import org.thurn.admin.Exit;
import org.thurn.server.SettingsException;
import org.thurn.store.StoreException;
import picocli.CommandLine;

/** The one place that maps a failure to an exit code. */
final class Failures {
  private Failures() {}

  static int exitCode(Throwable failure) {
    return switch (failure) {
      case CommandFailure command -> command.exit();
      case SettingsException _ -> Exit.DATA;
      case BindException _ -> Exit.UNAVAILABLE;
      case StoreException _ -> Exit.TEMPORARY;
      case IOException _ -> Exit.UNAVAILABLE;
      case CommandLine.ParameterException _ -> Exit.USAGE;
      default -> Exit.SOFTWARE;
    };
  }

  private static String stack(Exception failure) {
    StringBuilder text = new StringBuilder("a bug: please report it with these lines");
    for (StackTraceElement frame : failure.getStackTrace()) {
      text.append("\n  at ").append(frame);
    }
    return text.toString();
  }

  static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    String words =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    line.getErr().println("thurn: " + words);
    int exit = exitCode(failure);
    if (exit == Exit.SOFTWARE) {
      line.getErr().println(stack(failure));
    }
    return exit;
  }
}
