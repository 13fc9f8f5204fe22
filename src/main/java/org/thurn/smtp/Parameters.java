package org.thurn.smtp;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters of MAIL and RCPT: {@code esmtp-param *( SP esmtp-param )}, RFC 5321 §4.1.2. */
final class Parameters {
  private static final Pattern KEYWORD = Pattern.compile("[A-Z0-9][A-Z0-9-]*");
  private static final Pattern SIZE_VALUE = Pattern.compile("[0-9]{1,20}");
  private static final int MAX_ENVID = 100;
  private static final int MAX_ORCPT = 500;
  private static final int MAX_SHOWN = 40;
  private static final Set<String> OF_MAIL =
      Set.of("SIZE", "BODY", "SMTPUTF8", "REQUIRETLS", "RET", "ENVID", "AUTH");
  private static final Set<String> OF_RCPT = Set.of("NOTIFY", "ORCPT");

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  static MailParameters mail(String text) throws CommandSyntaxException {
    if (text.isEmpty()) {
      return MailParameters.NONE;
    }
    Parameters parameters = parse(text, OF_MAIL);
    return new MailParameters(
        parameters.size(),
        parameters.body(),
        parameters.flag("SMTPUTF8"),
        parameters.flag("REQUIRETLS"),
        parameters.ret(),
        parameters.envid(),
        parameters.auth());
  }

  static RcptParameters rcpt(String text) throws CommandSyntaxException {
    if (text.isEmpty()) {
      return RcptParameters.NONE;
    }
    Parameters parameters = parse(text, OF_RCPT);
    return new RcptParameters(parameters.notifyOn(), parameters.orcpt());
  }

  /** {@code esmtp-param = esmtp-keyword [ "=" esmtp-value ]}. */
  private static Parameters parse(String text, Set<String> known) throws CommandSyntaxException {
    if (text.charAt(0) != ' ') {
      throw CommandSyntaxException.argument("a space belongs between path and parameters");
    }
    Map<String, String> values = new HashMap<>();
    for (String word : text.strip().split(" +", -1)) {
      int equals = word.indexOf('=');
      String keyword = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      if (!KEYWORD.matcher(keyword).matches() || (equals >= 0 && !isValue(value))) {
        throw CommandSyntaxException.argument("malformed parameter");
      }
      if (!known.contains(keyword)) {
        // RFC 5321 §4.1.1.11
        throw new CommandSyntaxException(
            555, "5.5.4", "parameter not recognized: " + shown(keyword));
      }
      if (values.put(keyword, value) != null) {
        throw CommandSyntaxException.argument(keyword + " is given twice");
      }
    }
    return new Parameters(values);
  }

  /** A reply's line has an end (RFC 5321 §4.5.3.1.5). */
  private static String shown(String keyword) {
    return keyword.length() > MAX_SHOWN ? keyword.substring(0, MAX_SHOWN) + "..." : keyword;
  }

  /** {@code esmtp-value = 1*(%d33-60 / %d62-126)}, with RFC 6531 §3.3's UTF8-non-ascii. */
  private static boolean isValue(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '=' && c != 0x7f);
  }

  private Optional<String> value(String keyword) {
    return Optional.ofNullable(values.get(keyword));
  }

  /** {@code size-value = 1*20DIGIT}, RFC 1870 §3; what passes a long is too big in any case. */
  private OptionalLong size() throws CommandSyntaxException {
    Optional<String> value = value("SIZE");
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!SIZE_VALUE.matcher(value.get()).matches()) {
      throw CommandSyntaxException.argument("SIZE takes a number of octets");
    }
    return OptionalLong.of(
        value.get().length() > 18 ? Long.MAX_VALUE : Long.parseLong(value.get()));
  }

  private BodyType body() throws CommandSyntaxException {
    String value = value("BODY").orElse("7BIT");
    for (BodyType type : BodyType.values()) {
      if (type.keyword().equalsIgnoreCase(value)) {
        return type;
      }
    }
    throw CommandSyntaxException.argument("BODY is 7BIT, 8BITMIME or BINARYMIME");
  }

  private boolean flag(String keyword) throws CommandSyntaxException {
    Optional<String> value = value(keyword);
    if (value.isPresent() && !value.get().isEmpty()) {
      throw CommandSyntaxException.argument(keyword + " takes no value");
    }
    return value.isPresent();
  }

  private Optional<Ret> ret() throws CommandSyntaxException {
    Optional<String> value = value("RET").map(text -> text.toUpperCase(Locale.ROOT));
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.get()) {
      case "FULL" -> Optional.of(Ret.FULL);
      case "HDRS" -> Optional.of(Ret.HDRS);
      default -> throw CommandSyntaxException.argument("RET is FULL or HDRS");
    };
  }

  /** RFC 3461 §4.4. */
  private Optional<String> envid() throws CommandSyntaxException {
    Optional<String> value = value("ENVID");
    Optional<String> decoded = value.filter(v -> v.length() <= MAX_ENVID).flatMap(Xtext::decode);
    if (value.isPresent() && decoded.filter(text -> !text.isEmpty()).isEmpty()) {
      throw CommandSyntaxException.argument("ENVID takes at most 100 characters of xtext");
    }
    return decoded;
  }

  /** RFC 4954 §5: a mailbox as xtext, or {@code <>}. */
  private Optional<String> auth() throws CommandSyntaxException {
    Optional<String> value = value("AUTH");
    Optional<String> decoded = value.flatMap(Xtext::decode);
    if (value.isPresent() && decoded.filter(text -> !text.isEmpty()).isEmpty()) {
      throw CommandSyntaxException.argument("AUTH takes a mailbox as xtext, or <>");
    }
    return decoded;
  }

  /** RFC 3461 §4.1: NEVER stands alone. */
  private Set<Notify> notifyOn() throws CommandSyntaxException {
    Optional<String> value = value("NOTIFY");
    Set<Notify> set = EnumSet.noneOf(Notify.class);
    if (value.isEmpty()) {
      return set;
    }
    for (String word : value.get().toUpperCase(Locale.ROOT).split(",", -1)) {
      set.add(
          switch (word) {
            case "NEVER" -> Notify.NEVER;
            case "SUCCESS" -> Notify.SUCCESS;
            case "FAILURE" -> Notify.FAILURE;
            case "DELAY" -> Notify.DELAY;
            default ->
                throw CommandSyntaxException.argument(
                    "NOTIFY is NEVER, or some of SUCCESS,FAILURE,DELAY");
          });
    }
    if (set.contains(Notify.NEVER) && set.size() > 1) {
      throw CommandSyntaxException.argument("NOTIFY=NEVER stands alone");
    }
    return set;
  }

  private Optional<String> orcpt() throws CommandSyntaxException {
    Optional<String> value = value("ORCPT");
    Optional<String> decoded =
        value.filter(v -> v.length() <= MAX_ORCPT).flatMap(Xtext::decodeOrcpt);
    if (value.isPresent() && decoded.isEmpty()) {
      throw CommandSyntaxException.argument("ORCPT takes an address type, \";\" and xtext");
    }
    return decoded;
  }
}
