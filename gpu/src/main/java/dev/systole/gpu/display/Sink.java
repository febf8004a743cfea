package dev.systole.gpu.display;

import dev.systole.gpu.door.Monitor;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;

/**
 * What software finds at the other end of a cable: the EDID on an I2C bus (E-DDC: address 0x50, the
 * segment at 0x30) and, of DisplayPort, the registers of the receiver (DPCD).
 */
final class Sink {
  private static final int EDID_ADDRESS = 0x50;
  private static final int SEGMENT_ADDRESS = 0x30;
  private static final int SEGMENT_BYTES = 256;

  private static final int DPCD_BYTES = 0x700;
  private static final int TRAINING_PATTERN_SET = 0x102;
  private static final int TRAINING_PATTERN_MASK = 0xf;
  private static final int SINK_COUNT = 0x200;
  private static final int LANE_STATUS = 0x202;
  private static final int LANE_ALIGN_STATUS = 0x204;
  private static final int CLOCK_RECOVERED = 0x11;
  private static final int CHANNELS_EQUALISED = 0x77;

  /** DPCD 1.2, 5.4 Gbit/s, four lanes, enhanced framing and the third pattern, downspread. */
  private static final byte[] CAPABILITIES = {0x12, 0x14, (byte) 0xc4, 0x01};

  private final Monitor monitor;
  private final byte[] edid;
  private final byte[] dpcd = new byte[DPCD_BYTES];
  private int segment;
  private int offset;

  Sink(Monitor monitor) {
    this.monitor = monitor;
    edid = monitor.edid();
    System.arraycopy(CAPABILITIES, 0, dpcd, 0, CAPABILITIES.length);
    dpcd[SINK_COUNT] = 1;
  }

  boolean speaks(Monitor.Link link) {
    return monitor.link() == link;
  }

  // ---- I2C

  /** Whether somebody acknowledges {@code address}. */
  static boolean acknowledges(int address) {
    return address == EDID_ADDRESS || address == SEGMENT_ADDRESS;
  }

  /** The first byte of a write: where to read, or in which segment. */
  void select(int address, int value) {
    if (address == EDID_ADDRESS) offset = value & SEGMENT_BYTES - 1;
    else segment = value & SEGMENT_BYTES - 1;
  }

  /** The next byte; ones behind the end. */
  int next() {
    int at = segment * SEGMENT_BYTES + offset;
    offset = offset + 1 & SEGMENT_BYTES - 1;
    return at < edid.length ? edid[at] & 0xff : 0xff;
  }

  /** The transfer has ended: the next one begins in the first segment. */
  void stop() {
    segment = 0;
  }

  // ---- DPCD

  int readDpcd(int address) {
    return address < DPCD_BYTES ? dpcd[address] & 0xff : 0;
  }

  /** Training always succeeds at once. */
  void writeDpcd(int address, int value) {
    if (address < CAPABILITIES.length || address >= DPCD_BYTES) return;
    dpcd[address] = (byte) value;
    if (address != TRAINING_PATTERN_SET) return;
    int pattern = value & TRAINING_PATTERN_MASK;
    if (pattern == 0) return;
    int lanes = pattern == 1 ? CLOCK_RECOVERED : CHANNELS_EQUALISED;
    Arrays.fill(dpcd, LANE_STATUS, LANE_STATUS + 2, (byte) lanes);
    dpcd[LANE_ALIGN_STATUS] = (byte) (pattern == 1 ? 0 : 1);
  }

  // ---- saving

  void save(StateSink sink) {
    sink.putInt(monitor.link().ordinal());
    sink.putInt(edid.length);
    sink.putBytes(edid);
    sink.putBytes(dpcd);
    sink.putInt(segment);
    sink.putInt(offset);
  }

  static Sink restore(StateSource source) {
    var links = Monitor.Link.values();
    var link = links[source.takeInt(links.length - 1, "link of a monitor")];
    byte[] edid = new byte[source.takeInt(Monitor.EDID_BYTES_MAX, "bytes of an EDID")];
    source.takeBytes(edid);
    var sink = new Sink(new Monitor(link, edid));
    source.takeBytes(sink.dpcd);
    sink.segment = source.takeInt(SEGMENT_BYTES - 1, "segment of an EDID");
    sink.offset = source.takeInt(SEGMENT_BYTES - 1, "offset in an EDID");
    return sink;
  }
}
