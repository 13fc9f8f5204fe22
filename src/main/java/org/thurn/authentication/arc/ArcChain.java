package org.thurn.authentication.arc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/** The chain in a header section, before any signature is looked at: RFC 8617 §5.2, 1 to 3. */
public sealed interface ArcChain {
  /** There is none. */
  record None() implements ArcChain {}

  /**
   * There are fields of ARC, and they make no chain.
   *
   * @param reason for people: one line
   * @param highest the highest instance that can be read; 0 if none can
   * @param ended whether the newest seal says {@code cv=fail}: nobody seals such a message again
   */
  record Broken(String reason, int highest, boolean ended) implements ArcChain {}

  /**
   * Its sets are complete and their order is right.
   *
   * @param sets from the first on
   */
  record Whole(List<ArcSet> sets) implements ArcChain {
    public Whole {
      sets = List.copyOf(sets);
    }
  }

  /** Finds it. */
  static ArcChain of(Headers headers) {
    if (!ArcField.anyIn(headers)) {
      return new None();
    }
    try {
      return new Whole(sets(headers));
    } catch (ArcSyntaxException e) {
      return new Broken(String.valueOf(e.getMessage()), highest(headers), ended(headers));
    }
  }

  private static List<ArcSet> sets(Headers headers) throws ArcSyntaxException {
    Map<Integer, HeaderField> results = byInstance(headers, ArcField.AUTHENTICATION_RESULTS);
    Map<Integer, HeaderField> signatures = byInstance(headers, ArcField.MESSAGE_SIGNATURE);
    Map<Integer, HeaderField> seals = byInstance(headers, ArcField.SEAL);
    int count = Math.max(results.size(), Math.max(signatures.size(), seals.size()));
    List<ArcSet> sets = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      sets.add(
          new ArcSet(
              one(results, ArcField.AUTHENTICATION_RESULTS, i),
              one(signatures, ArcField.MESSAGE_SIGNATURE, i),
              ArcSeal.parse(one(seals, ArcField.SEAL, i))));
    }
    if (sets.getLast().seal().chainValidation() == ChainValidation.FAIL) {
      throw new ArcSyntaxException(
          sets.getLast().seal().domain() + " sealed the chain as broken (set " + count + ")");
    }
    for (ArcSet set : sets) {
      rightValidation(set.seal());
    }
    return sets;
  }

  private static Map<Integer, HeaderField> byInstance(Headers headers, ArcField kind)
      throws ArcSyntaxException {
    List<HeaderField> fields = headers.all(kind.fieldName());
    if (fields.size() > ArcField.MAX_INSTANCE) {
      throw new ArcSyntaxException(
          "there are more than " + ArcField.MAX_INSTANCE + " fields " + kind.fieldName());
    }
    Map<Integer, HeaderField> found = new HashMap<>();
    for (HeaderField field : fields) {
      int instance = kind.instance(field);
      if (found.put(instance, field) != null) {
        throw new ArcSyntaxException("set " + instance + " has more than one " + kind.fieldName());
      }
    }
    return found;
  }

  private static HeaderField one(Map<Integer, HeaderField> fields, ArcField kind, int instance)
      throws ArcSyntaxException {
    HeaderField field = fields.get(instance);
    if (field == null) {
      throw new ArcSyntaxException("set " + instance + " has no " + kind.fieldName());
    }
    return field;
  }

  /** RFC 8617 §5.2, 3.C. */
  private static void rightValidation(ArcSeal seal) throws ArcSyntaxException {
    ChainValidation right = seal.instance() == 1 ? ChainValidation.NONE : ChainValidation.PASS;
    if (seal.chainValidation() != right) {
      throw new ArcSyntaxException(
          "the seal of set "
              + seal.instance()
              + " has cv="
              + seal.chainValidation().word()
              + " and not "
              + right.word());
    }
  }

  private static int highest(Headers headers) {
    int highest = 0;
    for (ArcField kind : ArcField.values()) {
      for (HeaderField field : headers.all(kind.fieldName())) {
        highest = Math.max(highest, instance(kind, field));
      }
    }
    return highest;
  }

  private static boolean ended(Headers headers) {
    int newest = 0;
    boolean ended = false;
    for (HeaderField field : headers.all(ArcField.SEAL.fieldName())) {
      int instance = instance(ArcField.SEAL, field);
      if (instance > newest) {
        newest = instance;
        ended = saysFail(field);
      }
    }
    return ended;
  }

  private static int instance(ArcField kind, HeaderField field) {
    try {
      return kind.instance(field);
    } catch (ArcSyntaxException _) {
      return 0; // it belongs to no set
    }
  }

  private static boolean saysFail(HeaderField seal) {
    try {
      String word = ArcField.SEAL.tags(seal).value("cv").orElse("");
      return word.equals(ChainValidation.FAIL.word());
    } catch (ArcSyntaxException _) {
      return false; // it says nothing
    }
  }
}
