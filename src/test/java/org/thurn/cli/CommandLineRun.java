package org.thurn.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** One run of the program in this process: its exit code and what it printed. */
public record CommandLineRun(int exit, String out, String err) {
  public static CommandLineRun thurn(String... arguments) {
    return thurnWithInput("", arguments);
  }

  static CommandLineRun thurnWithInput(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      int exit = Thurn.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
      return new CommandLineRun(exit, out.toString(), err.toString());
    } finally {
      System.setIn(before);
    }
  }
}
