package org.thurn.store;

import java.util.UUID;

/** Names one update, so that a commit of unknown outcome can be looked up and not done twice. */
public record OpId(String text) {
  public static OpId random() {
    return new OpId(UUID.randomUUID().toString());
  }
}
