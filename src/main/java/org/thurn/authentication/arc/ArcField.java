package org.thurn.authentication.arc;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.thurn.authentication.TagList;
import org.thurn.authentication.TagListException;
import org.thurn.message.FieldCursor;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/** The three fields of a set, RFC 8617 §4.1, and the instance that ties them together. */
enum ArcField {
  AUTHENTICATION_RESULTS("ARC-Authentication-Results"),
  MESSAGE_SIGNATURE("ARC-Message-Signature"),
  SEAL("ARC-Seal");

  /** RFC 8617 §4.2.1: a chain has at most so many sets. */
  static final int MAX_INSTANCE = 50;

  private static final Pattern POSITION = Pattern.compile("[1-9][0-9]?");

  private final String fieldName;

  ArcField(String fieldName) {
    this.fieldName = fieldName;
  }

  String fieldName() {
    return fieldName;
  }

  /** Whether the message has any of them. */
  static boolean anyIn(Headers headers) {
    for (ArcField field : values()) {
      if (headers.first(field.fieldName).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** To which set the field belongs. */
  int instance(HeaderField field) throws ArcSyntaxException {
    return switch (this) {
      case AUTHENTICATION_RESULTS -> behindInstance(field).instance();
      case MESSAGE_SIGNATURE, SEAL -> instance(tags(field));
    };
  }

  /** {@code i=} of a field that is a list of tags. */
  int instance(TagList tags) throws ArcSyntaxException {
    return position(tags.value("i").orElseThrow(() -> wrong("has no i=")));
  }

  /** The field as a list of tags, each octet a character. */
  TagList tags(HeaderField field) throws ArcSyntaxException {
    try {
      return TagList.parse(new String(field.rawValue(), StandardCharsets.ISO_8859_1));
    } catch (TagListException e) {
      throw wrong("is no list of tags: " + e.getMessage());
    }
  }

  /** What stands at the front of ARC-Authentication-Results, and the rest behind it. */
  record Front(int instance, String rest) {}

  /** {@code arc-info = instance [CFWS] ";" authres-payload}, §4.1.1. */
  static Front behindInstance(HeaderField field) throws ArcSyntaxException {
    FieldCursor cursor = new FieldCursor(field.unfolded());
    cursor.skipCfws();
    boolean named = cursor.take('i');
    cursor.skipCfws();
    if (!named || !cursor.take('=')) {
      throw AUTHENTICATION_RESULTS.wrong("does not begin with i=");
    }
    cursor.skipCfws();
    int start = cursor.position();
    while (cursor.peek() >= '0' && cursor.peek() <= '9') {
      cursor.next();
    }
    int instance = AUTHENTICATION_RESULTS.position(cursor.since(start));
    cursor.skipCfws();
    if (!cursor.take(';')) {
      throw AUTHENTICATION_RESULTS.wrong("has no semicolon behind i=");
    }
    int end = cursor.position();
    return new Front(instance, field.unfolded().substring(end));
  }

  private int position(String text) throws ArcSyntaxException {
    if (!POSITION.matcher(text).matches() || Integer.parseInt(text) > MAX_INSTANCE) {
      throw wrong("has an i= that is no number of 1 to " + MAX_INSTANCE);
    }
    return Integer.parseInt(text);
  }

  /** A mistake in a field of this name. */
  ArcSyntaxException wrong(String words) {
    return new ArcSyntaxException("an " + fieldName + " " + words);
  }
}
