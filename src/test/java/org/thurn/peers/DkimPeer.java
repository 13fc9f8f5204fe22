package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.testing.Programs;

/** A program that signs and verifies too, and takes many messages at a time. */
enum DkimPeer {
  OPENDKIM {
    @Override
    List<String> command(Keys keys) throws Exception {
      Path compiler = Programs.require("gcc");
      Programs.requireFile(Path.of("/usr/include/opendkim/dkim.h"));
      Path program = keys.folder().resolve("dkimpeer");
      List<String> compile =
          List.of(
              compiler.toString(),
              "-I/usr/include",
              "-o",
              program.toString(),
              "src/test/c/dkimpeer.c",
              "-lopendkim");
      Programs.Ran ran = Programs.run(Duration.ofMinutes(1), "", compile);
      assertThat(ran.exitCode()).as(ran.output()).isZero();
      return List.of(
          program.toString(),
          keys.pem("rsa").toString(),
          keys.pem("ed").toString(),
          keys.rsa().record(Set.of()).toString(),
          keys.ed().record(Set.of()).toString(),
          keys.zone().toString());
    }
  },
  DKIMPY {
    @Override
    List<String> command(Keys keys) {
      Path python = Programs.requireFile(Path.of("/usr/bin/python3"));
      for (String needed : List.of("dkim", "nacl", "dns")) {
        Programs.requireFile(Path.of("/usr/lib/python3/dist-packages", needed));
      }
      String seed = keys.ed().toPem().lines().skip(1).findFirst().orElseThrow();
      byte[] octets = Base64.getDecoder().decode(seed);
      byte[] last = java.util.Arrays.copyOfRange(octets, octets.length - 32, octets.length);
      return List.of(
          python.toString(),
          "src/test/resources/dkim/dkimpy.py",
          String.valueOf(keys.port()),
          keys.pem("rsa").toString(),
          Base64.getEncoder().encodeToString(last));
    }
  },
  MAILAUTH {
    @Override
    List<String> command(Keys keys) {
      return List.of(
          Programs.node().toString(),
          "src/test/resources/dkim/mailauth.js",
          Programs.requireFile(Programs.nodeModules().resolve("mailauth")).toString(),
          String.valueOf(keys.port()),
          keys.pem("rsa").toString(),
          keys.pem("ed").toString());
    }
  };

  /**
   * The keys of example.com, by their selectors in the DNS at the port and in PEM files. OpenDKIM
   * asks no DNS of ours: what else is in there is in {@link #zone}, a name and a text a line.
   */
  record Keys(DkimKey rsa, DkimKey ed, Path folder, int port) {
    Path pem(String selector) {
      return folder.resolve(selector + ".pem");
    }

    Path zone() {
      return folder.resolve("zone");
    }

    void write() throws Exception {
      Files.writeString(zone(), "");
      Files.writeString(pem("rsa"), rsa.toPem());
      Files.writeString(pem("ed"), ed.toPem());
    }
  }

  abstract List<String> command(Keys keys) throws Exception;

  private List<String> ask(Keys keys, List<String> requests) throws Exception {
    return answers(command(keys), requests);
  }

  private static List<String> answers(List<String> command, List<String> requests)
      throws Exception {
    String input = String.join("\n", requests) + "\n";
    Programs.Ran ran = Programs.run(Duration.ofMinutes(2), input, command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    List<String> answers = ran.output().lines().toList();
    assertThat(answers).as(ran.output()).hasSameSizeAs(requests);
    return answers;
  }

  /** The same program with its script for ARC; its requests are other ones, too. */
  List<String> askArc(Keys keys, List<String> requests) throws Exception {
    List<String> command =
        command(keys).stream()
            .map(part -> part.replace("test/resources/dkim/", "test/resources/arc/"))
            .toList();
    return answers(command, requests);
  }

  /** A message as a request has it. */
  static String hex(String message) {
    return HexFormat.of().formatHex(message.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Its verdicts: "pass", or anything else. */
  List<String> verify(Keys keys, List<String> messages) throws Exception {
    return ask(keys, messages.stream().map(message -> "V " + hex(message)).toList());
  }

  /**
   * Its signatures' fields; what it does not sign begins with "fail".
   *
   * @param ways algorithm, space, canonicalizations
   */
  List<String> sign(Keys keys, List<String> messages, List<String> ways) throws Exception {
    List<String> requests = new java.util.ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      requests.add("S " + ways.get(i) + " " + hex(messages.get(i)));
    }
    return ask(keys, requests).stream().map(DkimPeer::field).toList();
  }

  private static String field(String answer) {
    return answer.startsWith("fail")
        ? answer
        : new String(HexFormat.of().parseHex(answer), StandardCharsets.ISO_8859_1);
  }
}
