package org.thurn.authentication.dkim;

/** What somebody on the way did to a message. */
public sealed interface Change {
  /** For people: a clause in the past tense. */
  String words();

  /**
   * Lines at the body's end.
   *
   * @param lines how many, empty ones included
   */
  record FooterAppended(int lines) implements Change {
    @Override
    public String words() {
      return "a footer of " + lines + (lines == 1 ? " line" : " lines") + " was appended";
    }
  }

  /** A part at a multipart's end. */
  record PartAppended() implements Change {
    @Override
    public String words() {
      return "a part was appended to the multipart";
    }
  }

  /** The message became the first part of a multipart. */
  record Wrapped() implements Change {
    @Override
    public String words() {
      return "the body was wrapped into a multipart";
    }
  }

  /**
   * The transfer encoding is another.
   *
   * @param now the one that it has
   */
  record ReEncoded(String now) implements Change {
    @Override
    public String words() {
      return "the body was encoded anew, as " + now;
    }
  }

  /** White space at the ends of lines that a signature in simple form signed the lack of. */
  record SpaceAppended() implements Change {
    @Override
    public String words() {
      return "white space was appended to lines of the body";
    }
  }

  /** {@code From } at a line's start got a {@code >}, as in mbox files. */
  record FromQuoted() implements Change {
    @Override
    public String words() {
      return "lines that begin with \"From \" got a \">\"";
    }
  }

  /**
   * A text before the subject.
   *
   * @param tag with its brackets
   */
  record SubjectTagged(String tag) implements Change {
    @Override
    public String words() {
      return "the subject got the prefix " + Words.quote(tag);
    }
  }

  /**
   * A field that was signed as not being there.
   *
   * @param name the field's
   */
  record FieldAdded(String name) implements Change {
    @Override
    public String words() {
      return name + " was added";
    }
  }

  /**
   * A field has another value.
   *
   * @param name the field's
   * @param source where the value that was signed was found
   */
  record FieldReplaced(String name, String source) implements Change {
    @Override
    public String words() {
      return name + " was replaced; what was signed stands in " + source;
    }
  }

  /** Fields that were on one line are folded. */
  record Folded() implements Change {
    @Override
    public String words() {
      return "header fields were folded anew";
    }
  }
}
