package org.thurn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.thurn.admin.Exit;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.KeySyntaxException;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import picocli.CommandLine.Option;

/** With which key something is signed. */
final class SigningOptions {
  @Option(names = "--domain", required = true, paramLabel = "DOMAIN", description = "who signs")
  private String domain = "";

  @Option(
      names = "--selector",
      required = true,
      paramLabel = "NAME",
      description = "under which name the key is in the DNS")
  private String selector = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "PEM",
      description = "a file with the private key, RSA or Ed25519 in PKCS#8")
  private Path key = Path.of("");

  SigningKey key() throws CommandFailure {
    try {
      return new SigningKey(Domain.parse(domain), selector, DkimKey.fromPem(Files.readString(key)));
    } catch (IOException e) {
      throw new CommandFailure(Exit.DATA, key + ": there is no such file of text that can be read");
    } catch (NameSyntaxException e) {
      throw new CommandFailure(Exit.USAGE, "--domain cannot be \"" + domain + "\"");
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, "--selector cannot be \"" + selector + "\"");
    } catch (KeySyntaxException e) {
      throw new CommandFailure(Exit.DATA, key + ": " + e.getMessage());
    }
  }
}
