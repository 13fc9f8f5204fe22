package org.thurn.tls.acme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.TokenChallenge;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/** An authority that speaks ACME. One conversation at a time. */
public final class AcmeAuthority implements CertificateAuthority {
  /** Of one request; an authority that is slower is down. */
  private static final Duration REQUEST = Duration.ofSeconds(30);

  /** Until it has looked at a challenge, or has issued. It says itself when to ask again. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final AcmeSettings settings;
  private final CertificateStore store;
  private final Challenges challenges;
  private final Optional<SSLContext> trust;
  private final Time time;
  private Optional<Login> login = Optional.empty();

  private AcmeAuthority(
      AcmeSettings settings,
      CertificateStore store,
      Challenges challenges,
      Optional<SSLContext> trust,
      Time time) {
    this.settings = settings;
    this.store = store;
    this.challenges = challenges;
    this.trust = trust;
    this.time = time;
  }

  /**
   * The authority of the settings; it is asked nothing yet.
   *
   * @param store has the account's key
   * @param challenges show it what it looks for
   * @throws IOException if the file with whom to believe cannot be read
   */
  public static AcmeAuthority of(
      AcmeSettings settings, CertificateStore store, Challenges challenges, Time time)
      throws IOException {
    Optional<SSLContext> trust =
        settings.ca().isPresent() ? Optional.of(trust(settings.ca().get())) : Optional.empty();
    return new AcmeAuthority(settings, store, challenges, trust, time);
  }

  private static SSLContext trust(Path ca) throws IOException {
    try (InputStream in = Files.newInputStream(ca)) {
      KeyStore roots = KeyStore.getInstance("PKCS12");
      roots.load(null, null);
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        roots.setCertificateEntry("" + roots.size(), root);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(ca + ": cannot be used: " + e.getMessage(), e);
    }
  }

  private interface Conversation<T> {
    T hold(Login login) throws AcmeException, AuthorityException, InterruptedException;
  }

  private <T> T converse(Conversation<T> conversation)
      throws AuthorityException, InterruptedException {
    MadeKey account = store.account(settings.directory(), time.now());
    try {
      if (login.isEmpty()) {
        login = Optional.of(logIn(account));
      }
      return conversation.hold(login.get());
    } catch (AcmeRateLimitedException e) {
      throw new AuthorityException(words(e.getProblem()), e.getRetryAfter(), e);
    } catch (AcmeServerException e) {
      login = Optional.empty(); // it may have forgotten the account: next time by its key
      throw new AuthorityException(words(e.getProblem()), e);
    } catch (AcmeException e) {
      login = Optional.empty();
      if (isInterruption(e)) {
        throw new InterruptedException("while the authority was asked");
      }
      throw new AuthorityException("the authority cannot be asked: " + causes(e), e);
    } catch (RuntimeException e) {
      // acme4j lets through whatever comes of parsing what it should not have been sent
      login = Optional.empty();
      throw new AuthorityException("the authority answered wrongly: " + causes(e), e);
    }
  }

  /** acme4j takes an interruption for a fault of the network. */
  private static boolean isInterruption(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof InterruptedException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  private static String causes(Throwable failure) {
    StringBuilder words = new StringBuilder(String.valueOf(failure.getMessage()));
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < 4; depth++) {
      words.append(": ").append(cause.getClass().getSimpleName());
      words.append(' ').append(cause.getMessage());
      cause = cause.getCause();
    }
    return words.toString();
  }

  private static String words(Problem problem) {
    StringBuilder words = new StringBuilder(problem.toString());
    for (Problem part : problem.getSubProblems()) {
      words.append("; ").append(part);
    }
    return words.toString();
  }

  /** Of a key that the authority knows it gives the account there is, RFC 8555 §7.3.1. */
  private Login logIn(MadeKey key) throws AcmeException {
    Session session = new Session(settings.directory(), new AcmeConnector(trust));
    session.networkSettings().setTimeout(REQUEST);
    AccountBuilder account = new AccountBuilder().agreeToTermsOfService().useKeyPair(key.pair());
    settings.contact().ifPresent(account::addContact);
    return account.createLogin(session);
  }

  @Override
  public List<X509Certificate> issue(Domain name, KeyPair key, Optional<X509Certificate> replaces)
      throws AuthorityException, InterruptedException {
    return converse(
        login -> {
          Order order = order(login, name, replaces);
          for (Authorization authorization : order.getAuthorizations()) {
            authorize(name, authorization);
          }
          wanted(order.waitUntilReady(PATIENCE), Status.READY, order);
          order.execute(key);
          wanted(order.waitForCompletion(PATIENCE), Status.VALID, order);
          return order.getCertificate().getCertificateChain();
        });
  }

  private static void wanted(Status status, Status wanted, Order order) throws AuthorityException {
    if (status != wanted && status != Status.VALID) {
      throw new AuthorityException(
          "the order is "
              + status.name().toLowerCase(Locale.ROOT)
              + order.getError().map(problem -> ": " + words(problem)).orElse(""));
    }
  }

  /** RFC 9773 §5: it may refuse what is to be replaced; then it is an order like any other. */
  private static Order order(Login login, Domain name, Optional<X509Certificate> replaces)
      throws AcmeException {
    boolean known = login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent();
    if (replaces.isPresent() && known) {
      try {
        return login.newOrder().domain(name.ascii()).replaces(replaces.get()).create();
      } catch (AcmeRateLimitedException e) {
        throw e;
      } catch (AcmeServerException | IllegalArgumentException e) {
        return login.newOrder().domain(name.ascii()).create();
      }
    }
    return login.newOrder().domain(name.ascii()).create();
  }

  private void authorize(Domain name, Authorization authorization)
      throws AcmeException, AuthorityException, InterruptedException {
    if (authorization.getStatus() == Status.VALID) {
      return;
    }
    String word = challenges.proof().word();
    TokenChallenge offered =
        authorization
            .findChallenge(word)
            .filter(TokenChallenge.class::isInstance)
            .map(TokenChallenge.class::cast)
            .orElseThrow(
                () -> new AuthorityException("the authority offers no " + word + " for " + name));
    Challenges.Challenge challenge = challenge(name, offered);
    try {
      challenges.show(challenge);
      offered.trigger();
      if (authorization.waitForCompletion(PATIENCE) != Status.VALID) {
        offered.fetch();
        throw new AuthorityException(
            "the authority does not believe that %s is ours: %s"
                .formatted(name, offered.getError().map(AcmeAuthority::words).orElse("no reason")));
      }
    } catch (IOException e) {
      throw new AuthorityException("the challenge cannot be shown: " + e.getMessage(), e);
    } finally {
      challenges.hide(challenge);
    }
  }

  private static Challenges.Challenge challenge(Domain name, TokenChallenge offered) {
    String authorization = offered.getAuthorization();
    // acme4j keeps the token to itself, but the authorization begins with it: RFC 8555 §8.1
    String token = authorization.substring(0, authorization.indexOf('.'));
    return new Challenges.Challenge(name, token, authorization);
  }

  @Override
  public Optional<Window> renewal(X509Certificate certificate)
      throws AuthorityException, InterruptedException {
    return converse(
        login -> {
          if (login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isEmpty()) {
            return Optional.empty();
          }
          RenewalInfo info = login.bindRenewalInfo(certificate);
          info.fetch();
          Instant start = info.getSuggestedWindowStart();
          Instant end = info.getSuggestedWindowEnd();
          return end.isBefore(start) ? Optional.empty() : Optional.of(new Window(start, end));
        });
  }
}
