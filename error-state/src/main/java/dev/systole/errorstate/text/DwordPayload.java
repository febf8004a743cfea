package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Damage;
import dev.systole.errorstate.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * The payload of kernels up to 4.9: a line {@code offset : value} for every dword that is there.
 *
 * @param text the whole file
 * @param start offset of the first of its lines
 * @param end offset behind the last
 */
record DwordPayload(Bytes text, int start, int end) implements Payload {
  @Override
  public Bytes bytes() {
    byte[] lines = new byte[end - start];
    text.buffer().get(start, lines);
    var words = ByteBuffer.allocate(lines.length).order(ByteOrder.LITTLE_ENDIAN);
    Bytes block = Bytes.of(lines);
    for (var each = new Lines(block); each.hasNext(); ) {
      Matcher match = Grammar.DWORD.matcher(each.next().text(block));
      if (match.matches()) words.putInt(Hex.dword(match.group(2)));
    }
    return Bytes.ofPrefix(words.array(), words.position());
  }

  @Override
  public Optional<Damage> damage() {
    return Optional.empty();
  }
}
