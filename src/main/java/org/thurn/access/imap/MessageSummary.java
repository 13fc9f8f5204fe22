package org.thurn.access.imap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.message.Envelope;
import org.thurn.message.Extent;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimePart;
import org.thurn.message.MimeTree;
import org.thurn.message.TransferEncoding;

/**
 * What IMAP keeps of a parsed message: the answers to ENVELOPE, BODY and BODYSTRUCTURE as they go
 * on the wire, and where each part lies.
 */
@SuppressWarnings("ArrayRecordComponent") // written and sent, never compared
record MessageSummary(byte[] envelope, byte[] body, byte[] structure, Part root) {
  /** Changes with the form of what {@link #encode} writes. */
  private static final int FORMAT = 1;

  /** What the numbers of a section can lead to. */
  enum Kind {
    LEAF,
    MULTIPART,
    MESSAGE
  }

  /** A part: {@link MimePart} without its header's fields. */
  record Part(
      Kind kind, Extent header, Extent body, TransferEncoding encoding, List<Part> children) {
    Part {
      children = List.copyOf(children);
    }
  }

  /** Parses a message. */
  static MessageSummary parse(InputStream message) throws IOException {
    MimeTree tree = MimeParser.parse(message, MessageLimits.DEFAULT);
    return new MessageSummary(
        EnvelopeText.of(new Envelope(tree.root().headers())),
        BodyStructure.of(tree.root(), false),
        BodyStructure.of(tree.root(), true),
        part(tree.root()));
  }

  private static Part part(MimePart part) {
    Kind kind =
        switch (part) {
          case MimePart.Leaf leaf -> Kind.LEAF;
          case MimePart.Multipart multipart -> Kind.MULTIPART;
          case MimePart.Embedded embedded -> Kind.MESSAGE;
        };
    return new Part(
        kind,
        part.entity().header(),
        part.entity().body(),
        part.entity().transferEncoding(),
        part.children().stream().map(MessageSummary::part).toList());
  }

  byte[] encode() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      out.writeByte(FORMAT);
      for (byte[] text : List.of(envelope, body, structure)) {
        out.writeInt(text.length);
        out.write(text);
      }
      encode(root, out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return octets.toByteArray();
  }

  private static void encode(Part part, DataOutputStream out) throws IOException {
    out.writeUTF(part.kind().name());
    out.writeUTF(part.encoding().name());
    out.writeLong(part.header().offset());
    out.writeLong(part.header().length());
    out.writeLong(part.body().offset());
    out.writeLong(part.body().length());
    out.writeInt(part.children().size());
    for (Part child : part.children()) {
      encode(child, out);
    }
  }

  /** Empty if the octets are none of ours, or of another format: then parse anew. */
  static Optional<MessageSummary> decode(byte[] octets) {
    if (octets.length == 0 || octets[0] != FORMAT) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      in.readByte();
      byte[] envelope = in.readNBytes(in.readInt());
      byte[] body = in.readNBytes(in.readInt());
      byte[] structure = in.readNBytes(in.readInt());
      return Optional.of(new MessageSummary(envelope, body, structure, decode(in)));
    } catch (IOException | IllegalArgumentException e) {
      // cut off, or a name that is no more: parsing anew heals it
      return Optional.empty();
    }
  }

  private static Part decode(DataInputStream in) throws IOException {
    Kind kind = Kind.valueOf(in.readUTF());
    TransferEncoding encoding = TransferEncoding.valueOf(in.readUTF());
    Extent header = new Extent(in.readLong(), in.readLong());
    Extent body = new Extent(in.readLong(), in.readLong());
    int count = in.readInt();
    List<Part> children = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      children.add(decode(in));
    }
    return new Part(kind, header, body, encoding, children);
  }
}
