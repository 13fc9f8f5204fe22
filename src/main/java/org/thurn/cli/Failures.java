package org.thurn.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.thurn.admin.Exit;
import org.thurn.dns.ZoneSyntaxException;
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
      case ZoneSyntaxException _ -> Exit.DATA;
      case BindException _ -> Exit.UNAVAILABLE;
      case StoreException _ -> Exit.TEMPORARY;
      case IOException _ -> Exit.UNAVAILABLE;
      case CommandLine.ParameterException _ -> Exit.USAGE;
      default -> Exit.SOFTWARE;
    };
  }

  /** The exceptions of files have only the file for a message. */
  private static String words(Exception failure) {
    return switch (failure) {
      case NoSuchFileException file -> file.getFile() + ": there is no such file";
      case AccessDeniedException file -> file.getFile() + ": access is denied";
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
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
    line.getErr().println("thurn: " + words(failure));
    int exit = exitCode(failure);
    if (exit == Exit.SOFTWARE) {
      line.getErr().println(stack(failure));
    }
    return exit;
  }
}
