package org.thurn.tls.acme;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** http-01, RFC 8555 §8.3: the web listener asks here what to answer. */
public final class HttpChallenges implements Challenges {
  /** The path below which the authority looks. */
  public static final String PATH = "/.well-known/acme-challenge/";

  private final Map<String, String> authorizations = new ConcurrentHashMap<>();

  @Override
  public AcmeSettings.Proof proof() {
    return AcmeSettings.Proof.HTTP_01;
  }

  @Override
  public void show(Challenge challenge) {
    authorizations.put(challenge.token(), challenge.authorization());
  }

  @Override
  public void hide(Challenge challenge) {
    authorizations.remove(challenge.token());
  }

  /** What to answer at {@link #PATH} and this token. */
  public Optional<String> authorization(String token) {
    return Optional.ofNullable(authorizations.get(token));
  }
}
