package dev.systole.trace;

import dev.systole.trace.event.ContentHash;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** Writes a trace file front to back, chunk by chunk; remembers what the index will say. */
final class ChunkFile implements Closeable {
  /** Always the pure Java one: the native one gives other bytes. */
  private static final LZ4Compressor LZ4 = LZ4Factory.safeInstance().fastCompressor();

  private final OutputStream out;
  private final byte[] header;
  private final List<TraceMap.Place> chunks = new ArrayList<>();
  private final List<BitSet> kinds = new ArrayList<>();
  private final Map<ContentHash, Long> blobs = new LinkedHashMap<>();
  private long offsetBytes;
  private long contentBytes;
  private int chunkCount;
  private byte[] compressed = new byte[0];

  ChunkFile(OutputStream out, Header header) throws IOException {
    this.out = out;
    byte[] cbor = HeaderCodec.encode(header);
    int end = Format.HEADER_FIXED_BYTES + cbor.length;
    this.header = new byte[end + Format.CRC_BYTES];
    var buffer = Format.littleEndian(this.header);
    buffer.put(Format.MAGIC).putShort((short) Format.MAJOR).putShort((short) Format.MINOR);
    buffer.putInt(cbor.length).put(cbor).putInt(Format.crc(this.header, 0, end));
    write(this.header, this.header.length);
  }

  /** Stored bytes of the events and blobs, without header and index. */
  long contentBytes() {
    return contentBytes;
  }

  void writeEvents(ChunkRange range, BitSet chunkKinds, byte[] payload) throws IOException {
    kinds.add(chunkKinds);
    chunks.add(new TraceMap.Place(offsetBytes, range));
    long before = offsetBytes;
    writeChunk(ChunkHeader.KIND_EVENTS, range, payload);
    contentBytes += offsetBytes - before;
  }

  void writeBlob(ContentHash hash, byte[] content) throws IOException {
    blobs.put(hash, offsetBytes);
    long before = offsetBytes;
    writeChunk(ChunkHeader.KIND_BLOB, new ChunkRange(0, 0, 0, 0), content);
    contentBytes += offsetBytes - before;
  }

  /** Writes what stands behind the last chunk of events. */
  void finish() throws IOException {
    var none = new ChunkRange(0, 0, 0, 0);
    writeChunk(ChunkHeader.KIND_HEADER_COPY, none, header);
    long indexOffset = offsetBytes;
    writeChunk(ChunkHeader.KIND_INDEX, none, Index.encode(chunks, kinds, blobs));
    long events = chunks.isEmpty() ? 0 : chunks.getLast().range().endEvent();
    write(new Footer(indexOffset, events, chunkCount).toBytes(), Format.FOOTER_BYTES);
    out.flush();
  }

  private void writeChunk(int kind, ChunkRange range, byte[] payload) throws IOException {
    int longest = LZ4.maxCompressedLength(payload.length);
    if (compressed.length < longest) compressed = new byte[longest];
    int length = LZ4.compress(payload, 0, payload.length, compressed, 0, longest);
    boolean smaller = length < payload.length;
    byte[] stored = smaller ? compressed : payload;
    if (!smaller) length = payload.length;
    int codec = smaller ? ChunkHeader.CODEC_LZ4 : ChunkHeader.CODEC_NONE;
    int checksum = Format.crc(stored, 0, length);
    var chunk = new ChunkHeader(kind, codec, range, payload.length, length, checksum);
    if (payload.length > chunk.longestRawBytes())
      throw new IOException("a chunk of " + payload.length + " bytes is too long to be read again");
    write(chunk.toBytes(), ChunkHeader.BYTES);
    write(stored, length);
    chunkCount++;
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    offsetBytes += length;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
