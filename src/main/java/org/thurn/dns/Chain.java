package org.thurn.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.thurn.time.Time;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What is remembered of the chains of trust: what servers said of keys, unjudged; and which DS sets
 * were proven on the way to a secure answer, from where the next validation may begin instead of
 * the root. Both are kept for their TTL, and not long.
 */
final class Chain {
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int MAX_LINKS = 4_000;

  private final Cache<Link, Upstreams.Reply> links;
  private final Cache<Link, Proven> proven;

  /** A DS or DNSKEY set, or its absence. */
  record Link(Name name, int type) {
    static boolean possible(int type) {
      return type == Type.DS || type == Type.DNSKEY;
    }
  }

  /** A set that was verified, and the reply it came in, with which it is forgotten. */
  private record Proven(Upstreams.Reply reply, RRset set) {}

  Chain(Time time) {
    links =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(time::ticks)
            .maximumSize(MAX_LINKS)
            .expireAfter(Expiry.creating((Link link, Upstreams.Reply r) -> life(r.message())))
            .build();
    proven = Caffeine.newBuilder().executor(Runnable::run).maximumSize(MAX_LINKS).build();
  }

  Optional<Upstreams.Reply> find(Link link) {
    return Optional.ofNullable(links.getIfPresent(link));
  }

  void keep(Link link, Upstreams.Reply reply) {
    links.put(link, reply);
  }

  /** A secure answer hung on these links as they were, so each DS among them was verified. */
  void prove(Map<Link, Upstreams.Reply> used) {
    used.forEach(
        (link, reply) ->
            reply.message().getSectionRRsets(Section.ANSWER).stream()
                .filter(set -> set.getType() == Type.DS && set.getName().equals(link.name()))
                .filter(set -> link.type() == Type.DS)
                .forEach(set -> proven.put(link, new Proven(reply, set))));
  }

  /** One of these links may be what is wrong: they are asked for anew, from the root down. */
  void doubt(Set<Link> used, Name name) {
    links.invalidateAll(used);
    ancestors(name).forEach(above -> links.invalidate(new Link(above, Type.DS)));
  }

  /** The proven DS sets at or above any name of the reply. */
  List<RRset> anchors(Message reply) {
    return Stream.of(Section.QUESTION, Section.ANSWER, Section.AUTHORITY)
        .flatMap(section -> reply.getSection(section).stream())
        .map(record -> record.getName())
        .distinct()
        .flatMap(Chain::ancestors)
        .distinct()
        .flatMap(name -> anchor(new Link(name, Type.DS)).stream())
        .toList();
  }

  private Optional<RRset> anchor(Link link) {
    Optional<Upstreams.Reply> current = find(link);
    return Optional.ofNullable(proven.getIfPresent(link))
        .filter(p -> current.isPresent() && current.get().equals(p.reply()))
        .map(Proven::set);
  }

  void forget() {
    links.invalidateAll();
    proven.invalidateAll();
  }

  private static Stream<Name> ancestors(Name name) {
    return Stream.iterate(name, n -> !n.equals(Name.root), n -> new Name(n, 1));
  }

  private static Duration life(Message message) {
    return Stream.of(Section.ANSWER, Section.AUTHORITY)
        .flatMap(section -> message.getSection(section).stream())
        .map(record -> Duration.ofSeconds(record.getTTL()))
        .reduce(LONGEST, Reading::shorter);
  }
}
