package dev.systole.gpu.pci;

import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The 256 bytes of configuration space, as firmware left them: memory decoding, bus mastering and
 * MSI are on. Base addresses answer the sizing dance: all ones written, the size read back. In
 * D3hot the function answers here alone; in D3cold, without power, and off the bus nowhere.
 */
final class ConfigSpace {
  private static final int BYTES = 256;
  private static final int COMMAND = 0x04;
  private static final int COMMAND_MEMORY = 1 << 1;
  private static final int COMMAND_MASTER = 1 << 2;
  private static final int COMMAND_WRITABLE = 0x0406;
  private static final int STATUS_CAPABILITIES = 1 << 20;
  private static final int REVISION_AND_CLASS = 0x08;
  private static final int DISPLAY_CLASS = 0x030000;
  private static final int BAR0 = 0x10;
  private static final int BAR2 = 0x18;
  private static final int SUBSYSTEM = 0x2c;
  private static final int CAPABILITIES = 0x34;
  private static final int INTERRUPT_LINE = 0x3c;
  private static final int GRAPHICS_CONTROL = 0x50;
  private static final int STOLEN_BASE = 0x5c;
  private static final int MSI = 0xac;
  private static final int MSI_ENABLE = 1 << 16;
  private static final int MSI_HEADER = 0x0000d005;
  private static final int POWER_MANAGEMENT = 0xd0;
  private static final int POWER_MANAGEMENT_HEADER = 0x00220001;
  private static final int POWER_MANAGEMENT_STATUS = POWER_MANAGEMENT + 4;
  private static final int POWER_STATE = 3;
  private static final int D3_HOT = 3;

  private static final int BAR_64_BIT_PREFETCHABLE = 0xc;
  private static final int BAR_64_BIT = 0x4;
  private static final long BAR0_SIZE_BYTES = 16L << 20;
  private static final long APERTURE_BYTES = 256L << 20;
  private static final int BAR_FLAGS = 0xf;

  /** 00:02.0, where integrated graphics are. */
  private static final int INTEGRATED = 0x0010;

  /** 03:00.0, behind a bridge of the card. */
  private static final int CARD = 0x0300;

  private final byte[] bytes = new byte[BYTES];
  private final ByteBuffer dwords = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private final long bar2SizeBytes;

  private final Platform platform;
  private boolean powered = true;
  private boolean gone;

  ConfigSpace(Platform platform) {
    this.platform = platform;
    long localBytes = platform.localMemoryBytes();
    bar2SizeBytes = localBytes > 0 ? Long.highestOneBit(2 * localBytes - 1) : APERTURE_BYTES;
    loadDefaults();
  }

  private void loadDefaults() {
    dwords.clear();
    Arrays.fill(bytes, (byte) 0);
    dwords.putInt(0, platform.deviceId() << 16 | 0x8086);
    dwords.putInt(COMMAND, STATUS_CAPABILITIES | COMMAND_MEMORY | COMMAND_MASTER);
    dwords.putInt(REVISION_AND_CLASS, DISPLAY_CLASS << 8 | platform.revision());
    dwords.putLong(BAR0, 0x60_0000_0000L | BAR_64_BIT);
    dwords.putLong(BAR2, 0x40_0000_0000L | BAR_64_BIT_PREFETCHABLE);
    dwords.putInt(SUBSYSTEM, 0x2212_8086);
    dwords.putInt(CAPABILITIES, MSI);
    dwords.putInt(INTERRUPT_LINE, 0x0100);
    // 8 MiB of GGTT entries, 64 MiB of stolen memory
    dwords.putInt(GRAPHICS_CONTROL, 0x02c0);
    dwords.putInt(STOLEN_BASE, 0);
    dwords.putInt(MSI, MSI_HEADER | MSI_ENABLE);
    dwords.putInt(POWER_MANAGEMENT, POWER_MANAGEMENT_HEADER);
  }

  /** Whether the device answers accesses to its BARs. */
  boolean memoryEnabled() {
    return isOn() && (dwords.getInt(COMMAND) & COMMAND_MEMORY) != 0;
  }

  /** What the function's requests carry: bus in bits 15 to 8, device and function below. */
  static int sourceId(Platform platform) {
    return platform.localMemoryBytes() > 0 ? CARD : INTEGRATED;
  }

  /** How far behind the base of BAR 2 the CPU's address is, or a negative number: not in it. */
  long offsetInBar2(long address) {
    long offset = address - (dwords.getLong(BAR2) & ~BAR_FLAGS);
    return offset >= 0 && offset < bar2SizeBytes && memoryEnabled() ? offset : -1;
  }

  /** Sends {@code message} as far as the device may. */
  Runnable ifEnabled(Runnable message) {
    return () -> {
      if (messageEnabled()) message.run();
    };
  }

  private boolean messageEnabled() {
    return isOn() && (dwords.getInt(MSI) & MSI_ENABLE) != 0;
  }

  /** Whether the function is in D0. */
  boolean isOn() {
    return answers() && (dwords.getInt(POWER_MANAGEMENT_STATUS) & POWER_STATE) != D3_HOT;
  }

  private boolean answers() {
    return powered && !gone;
  }

  /** A fault: nothing reaches the device any more, nor the other way round. */
  void leaveBus() {
    gone = true;
  }

  /** Whether it did. */
  boolean hasLeftBus() {
    return gone;
  }

  /** Takes or gives the power of D3cold, after which everything is as firmware left it. */
  void setPowered(boolean on) {
    powered = on;
    loadDefaults();
  }

  int read(int offset, int widthBytes) {
    if (!isAccess(offset, widthBytes) || !answers())
      return -1 >>> 32 - 8 * Math.clamp(widthBytes, 1, 4);
    int value = 0;
    for (int i = widthBytes - 1; i >= 0; i--) value = value << 8 | bytes[offset + i] & 0xff;
    return value;
  }

  void write(int offset, int widthBytes, int value) {
    if (!isAccess(offset, widthBytes) || !answers()) return;
    int dword = offset & ~3;
    int shift = 8 * (offset & 3);
    int mask = (widthBytes == 4 ? -1 : (1 << 8 * widthBytes) - 1) << shift & writable(dword);
    int after = dwords.getInt(dword) & ~mask | value << shift & mask;
    if (dword == POWER_MANAGEMENT_STATUS && !isSupported(after & POWER_STATE)) return;
    dwords.putInt(dword, after);
  }

  /**
   * The function has no D1 and D2: a request of one is dropped (PCI Power Management 1.2, 3.2.4).
   */
  private static boolean isSupported(int powerState) {
    return powerState == 0 || powerState == D3_HOT;
  }

  private static boolean isAccess(int offset, int widthBytes) {
    boolean width = widthBytes == 1 || widthBytes == 2 || widthBytes == 4;
    return width && offset >= 0 && offset < BYTES && offset % widthBytes == 0;
  }

  /** The bits of a dword that software may change. */
  private int writable(int dword) {
    return switch (dword) {
      case COMMAND -> COMMAND_WRITABLE;
      case BAR0 -> (int) -BAR0_SIZE_BYTES;
      case BAR0 + 4 -> -1;
      case BAR2 -> (int) -bar2SizeBytes;
      case BAR2 + 4 -> (int) (-bar2SizeBytes >>> 32);
      case INTERRUPT_LINE -> 0xff;
      case MSI -> MSI_ENABLE;
      case MSI + 4 -> ~3;
      case MSI + 8 -> 0xffff;
      case POWER_MANAGEMENT_STATUS -> POWER_STATE;
      default -> 0;
    };
  }

  void save(StateSink sink) {
    sink.putBytes(bytes);
    sink.putBoolean(powered);
    sink.putBoolean(gone);
  }

  void restore(StateSource source) {
    source.takeBytes(bytes);
    powered = source.takeBoolean();
    gone = source.takeBoolean();
  }
}
