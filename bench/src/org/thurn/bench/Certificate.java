package org.thurn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A certificate for the servers, which nobody checks. */
final class Certificate {
  private Certificate() {}

  /** Writes key.pem and certificate.pem, unless they are there. */
  static void write(Path folder) throws IOException, InterruptedException {
    if (Files.exists(folder.resolve("certificate.pem"))) {
      return;
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=mx.bench.example",
                    "-addext",
                    "subjectAltName=DNS:mx.bench.example",
                    "-keyout",
                    "key.pem",
                    "-out",
                    "certificate.pem"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }
}
