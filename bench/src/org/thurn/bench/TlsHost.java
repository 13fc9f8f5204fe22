package org.thurn.bench;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.thurn.bench.TlsVisit.Way;

/**
 * A server that is visited.
 *
 * @param smtp without TLS, and by STARTTLS
 * @param smtps with TLS from the first octet
 */
record TlsHost(String name, Group group, InetSocketAddress smtp, InetSocketAddress smtps) {
  /** Starts it. */
  interface Starter {
    TlsHost start(Stage stage) throws Exception;
  }

  InetSocketAddress address(Way way) {
    return way == Way.IMPLICIT ? smtps : smtp;
  }

  static TlsHost thurn(Stage stage) throws Exception {
    InetSocketAddress smtps = Ports.free();
    String listener =
        """
        [[listener]]
        protocol = "smtp"
        tls = "implicit"
        address = "127.0.0.1"
        port = %d
        """
            .formatted(smtps.getPort());
    Group group = stage.place.keep(Group.make("thurn"));
    Thurn thurn = stage.thurn(group, stage.place.folder("thurn"), 0, listener);
    return new TlsHost("Thurn", group, thurn.smtp(), smtps);
  }

  /** As it comes, but for the certificate. */
  static TlsHost postfix(Stage stage) throws Exception {
    return postfix(stage, "");
  }

  /** One that may have as many processes as it is to hold connections. */
  static TlsHost widePostfix(Stage stage, int connections) throws Exception {
    return postfix(
        stage,
        """
        default_process_limit = %d
        smtpd_client_connection_count_limit = 0
        """
            .formatted(connections + 100));
  }

  private static TlsHost postfix(Stage stage, String limits) throws Exception {
    Path folder = stage.place.folder("postfix");
    Certificate.write(folder);
    String tls =
        """
        smtpd_tls_security_level = may
        smtpd_tls_chain_files = %1$s/key.pem, %1$s/certificate.pem
        """
            .formatted(folder);
    Group group = stage.place.keep(Group.make("postfix"));
    InetSocketAddress smtps = Ports.free();
    Postfix postfix = Postfix.start(group, folder, tls + limits, smtps);
    return new TlsHost("Postfix", group, postfix.address(), smtps);
  }

  void end(Stage stage) throws Exception {
    stage.place.end(group);
  }
}
