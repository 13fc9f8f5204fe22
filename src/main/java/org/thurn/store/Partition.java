package org.thurn.store;

import java.util.regex.Pattern;

/**
 * The unit of atomicity and of placement: an account, a queue shard, a domain's directory.
 *
 * @param kind which room it belongs to, such as {@code account}
 * @param id within the kind; 1 to 200 octets of UTF-8
 */
public record Partition(String kind, String id) {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  public Partition {
    if (!KIND.matcher(kind).matches() || id.isEmpty() || id.length() > 200) {
      throw new IllegalArgumentException("not a partition: " + kind + "/" + id);
    }
  }
}
