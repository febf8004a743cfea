package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.coding.CborIn;
import dev.systole.trace.event.Blob;
import dev.systole.trace.event.ContentHash;
import dev.systole.trace.event.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the columns of a chunk name by number: lanes, texts and blobs. */
final class ChunkNames {
  private final Blob.Source blobSource;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Blob> blobs = new ArrayList<>();

  ChunkNames(Blob.Source blobSource) {
    this.blobSource = blobSource;
  }

  void readLanes(CborIn in) throws IOException {
    in.array(
        () -> {
          in.startArray();
          lanes.add(new Lane(in.text(), in.text(), in.text(), in.text(), in.integer(), in.text()));
          in.endArray();
          limit(lanes);
        });
  }

  void readTexts(CborIn in) throws IOException {
    in.array(
        () -> {
          texts.add(in.text());
          limit(texts);
        });
  }

  void readBlobs(CborIn in) throws IOException {
    in.array(
        () -> {
          in.startArray();
          byte[] hash = in.bytes();
          long lengthBytes = in.integer();
          in.endArray();
          if (hash.length != ContentHash.BYTES || lengthBytes < 0)
            throw new BadContentException("a blob without a proper hash or length");
          blobs.add(Blob.apart(ContentHash.fromBytes(hash), lengthBytes, blobSource));
          limit(blobs);
        });
  }

  Lane lane(long place) throws BadContentException {
    return at(lanes, place, "lane");
  }

  String text(long place) throws BadContentException {
    return at(texts, place, "text");
  }

  Blob blob(long place) throws BadContentException {
    return at(blobs, place, "blob");
  }

  private static void limit(List<?> names) throws BadContentException {
    if (names.size() > Format.MOST_NAMES)
      throw new BadContentException("a chunk names more than " + Format.MOST_NAMES + " things");
  }

  private static <T> T at(List<T> names, long place, String what) throws BadContentException {
    if (place < 0 || place >= names.size())
      throw new BadContentException("no " + what + " has the number " + place);
    return names.get((int) place);
  }
}
