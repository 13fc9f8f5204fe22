package org.thurn.smtp.client;

import java.util.stream.Collectors;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.Notify;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Xtext;

/**
 * MAIL and RCPT with the parameters that a server offers. What came as UTF-8 grows when it is
 * encoded: a value that would be too long for the next server is left out.
 */
record Commands(Extensions extensions) {
  /** RFC 3461 §4.4. */
  private static final int MAX_ENVID = 100;

  /** RFC 3461 §4.2. */
  private static final int MAX_ORCPT = 500;

  /** RFC 4954 §3 allows MAIL so much more. */
  private static final int MAX_AUTH = 500;

  /** RFC 5321 §4.1.1.2. */
  String mail(Transaction transaction) {
    MailParameters parameters = transaction.parameters();
    StringBuilder line = new StringBuilder("MAIL FROM:<" + transaction.sender() + ">");
    if (extensions.offers(Extension.SIZE)) {
      parameters.size().ifPresent(octets -> line.append(" SIZE=").append(octets));
    }
    if (parameters.body() != BodyType.SEVEN_BIT) {
      boolean binary = parameters.body() == BodyType.BINARY_MIME;
      require(binary ? extensions.takesBinary() : extensions.offers(Extension.EIGHT_BIT_MIME));
      line.append(" BODY=").append(parameters.body().keyword());
    }
    if (parameters.smtpUtf8()) {
      require(extensions.offers(Extension.SMTP_UTF8));
      line.append(" SMTPUTF8");
    }
    if (parameters.requireTls()) {
      require(extensions.offers(Extension.REQUIRE_TLS));
      line.append(" REQUIRETLS");
    }
    if (extensions.offers(Extension.DSN)) {
      parameters.ret().ifPresent(ret -> line.append(" RET=").append(ret));
      parameters
          .envid()
          .map(Xtext::encode)
          .filter(envid -> envid.length() <= MAX_ENVID)
          .ifPresent(envid -> line.append(" ENVID=").append(envid));
    }
    if (extensions.offers(Extension.AUTH)) {
      parameters
          .auth()
          .map(Xtext::encode)
          .filter(auth -> auth.length() <= MAX_AUTH)
          .ifPresent(auth -> line.append(" AUTH=").append(auth));
    }
    return line.toString();
  }

  /** RFC 5321 §4.1.1.3. */
  String rcpt(Transaction.Addressee addressee) {
    StringBuilder line = new StringBuilder("RCPT TO:<" + addressee.address() + ">");
    if (extensions.offers(Extension.DSN)) {
      RcptParameters parameters = addressee.parameters();
      if (!parameters.notifyOn().isEmpty()) {
        String words =
            parameters.notifyOn().stream()
                .sorted()
                .map(Notify::name)
                .collect(Collectors.joining(","));
        line.append(" NOTIFY=").append(words);
      }
      parameters
          .orcpt()
          .map(Xtext::encodeOrcpt)
          .filter(orcpt -> orcpt.length() <= MAX_ORCPT)
          .ifPresent(orcpt -> line.append(" ORCPT=").append(orcpt));
    }
    return line.toString();
  }

  private static void require(boolean offered) {
    if (!offered) {
      throw new IllegalArgumentException("the server does not offer what the message needs");
    }
  }
}
