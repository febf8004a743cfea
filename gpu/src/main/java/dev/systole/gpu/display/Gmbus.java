package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.door.Connector;
import dev.systole.gpu.door.Monitor;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;

/**
 * The I2C controller of HDMI ports (i915: intel_gmbus.c). Bytes take no time: data is there, or has
 * been taken, as soon as it was asked for. What a transfer has yet to do stands in GMBUS2.
 */
final class Gmbus implements RegisterBlock {
  private static final int PIN_TC1 = 9;
  private static final int DATA_BYTES = Integer.BYTES;
  private static final int[] REGISTERS = {GMBUS0, GMBUS1, GMBUS2, GMBUS3, GMBUS4, GMBUS5};

  private final PagedMemory registers;
  private final HotPlug monitors;
  private final DisplayInterrupts interrupts;

  Gmbus(PagedMemory registers, HotPlug monitors, DisplayInterrupts interrupts) {
    this.registers = registers;
    this.monitors = monitors;
    this.interrupts = interrupts;
    reset();
  }

  /** Back to power-on. */
  void reset() {
    setStatus(GMBUS2_HARDWARE_READY);
  }

  void claim(Display.Claims claims) {
    for (int offset : REGISTERS) claims.claim(this, offset, Integer.BYTES);
  }

  /** Who is at the selected pins, or null. */
  private Sink sink() {
    int pins = registers.load32(GMBUS0) & GMBUS0_PIN_PAIR_MASK;
    int port = pins < PIN_TC1 ? pins - 1 : pins - PIN_TC1 + Connector.TC1.ordinal();
    boolean known = port >= 0 && port < Connector.values().length && (pins <= 3 || pins >= PIN_TC1);
    Sink sink = known ? monitors.at(Connector.values()[port]) : null;
    return sink != null && sink.speaks(Monitor.Link.HDMI) ? sink : null;
  }

  private int command() {
    return registers.load32(GMBUS1);
  }

  private int status() {
    return registers.load32(GMBUS2);
  }

  private void setStatus(int status) {
    registers.store32(GMBUS2, status);
  }

  private int left() {
    return status() & GMBUS2_BYTE_COUNT_MASK;
  }

  @Override
  public int read(int offset) {
    int value = registers.load32(offset);
    if (offset == GMBUS3 && isReading()) fetch();
    return value;
  }

  private boolean isReading() {
    return (status() & GMBUS2_ACTIVE) != 0 && (command() & GMBUS1_READ) != 0;
  }

  @Override
  public void write(int offset, int value) {
    switch (offset) {
      case GMBUS1 -> command(value);
      case GMBUS2 -> {}
      case GMBUS3 -> {
        registers.store32(GMBUS3, value);
        if ((status() & GMBUS2_ACTIVE) != 0 && !isReading()) send(false);
      }
      default -> registers.store32(offset, value);
    }
    raise();
  }

  private void command(int value) {
    registers.store32(GMBUS1, value);
    if ((value & GMBUS1_SOFTWARE_CLEAR) != 0) {
      setStatus(GMBUS2_HARDWARE_READY);
      return;
    }
    boolean starts = (value & (GMBUS1_WAIT_CYCLE | GMBUS1_INDEX_CYCLE)) != 0;
    if ((value & GMBUS1_SOFTWARE_READY) == 0) return;
    if (starts) start(value);
    else if ((value & GMBUS1_STOP_CYCLE) != 0) stop();
  }

  private void start(int command) {
    int address = (command & GMBUS1_ADDRESS_MASK) >>> GMBUS1_ADDRESS_SHIFT;
    Sink sink = sink();
    if (sink == null || !Sink.acknowledges(address)) {
      setStatus(GMBUS2_NOT_ACKNOWLEDGED);
      return;
    }
    int count = (command & GMBUS1_BYTE_COUNT_MASK) >>> GMBUS1_BYTE_COUNT_SHIFT;
    setStatus(GMBUS2_ACTIVE | count);
    if ((command & GMBUS1_INDEX_CYCLE) != 0) sink.select(address, index(command));
    if ((command & GMBUS1_READ) != 0) fetch();
    else send(true);
  }

  /** The first byte of an index of two is what a monitor takes for one. */
  private int index(int command) {
    int wide = registers.load32(GMBUS5);
    return (wide & GMBUS5_TWO_BYTE_INDEX_ENABLE) != 0
        ? wide >>> Byte.SIZE
        : (command & GMBUS1_INDEX_MASK) >>> GMBUS1_INDEX_SHIFT;
  }

  /** Up to four bytes come into the data register. */
  private void fetch() {
    int bytes = Math.min(left(), DATA_BYTES);
    if (bytes == 0 || sink() == null) {
      end();
      return;
    }
    int data = 0;
    for (int i = 0; i < bytes; i++) data |= sink().next() << i * Byte.SIZE;
    registers.store32(GMBUS3, data);
    setStatus(GMBUS2_ACTIVE | GMBUS2_HARDWARE_READY | left() - bytes);
  }

  /** Up to four bytes leave the data register; only the first of a transfer means something. */
  private void send(boolean first) {
    int address = (command() & GMBUS1_ADDRESS_MASK) >>> GMBUS1_ADDRESS_SHIFT;
    Sink sink = sink();
    int bytes = Math.min(left(), DATA_BYTES);
    boolean indexed = (command() & GMBUS1_INDEX_CYCLE) != 0;
    if (first && !indexed && bytes > 0 && sink != null) {
      sink.select(address, registers.load32(GMBUS3) & 0xff);
    }
    int rest = left() - bytes;
    if (rest == 0) end();
    else setStatus(GMBUS2_ACTIVE | GMBUS2_HARDWARE_READY | rest);
  }

  /** The bytes are through: the bus stops or waits for what comes next. */
  private void end() {
    if ((command() & GMBUS1_STOP_CYCLE) != 0) stop();
    else setStatus(GMBUS2_ACTIVE | GMBUS2_HARDWARE_READY | GMBUS2_HARDWARE_WAIT_PHASE);
  }

  private void stop() {
    Sink sink = sink();
    if (sink != null) sink.stop();
    setStatus(GMBUS2_HARDWARE_READY);
  }

  /** GMBUS4 says what is worth an interrupt. */
  private void raise() {
    int status = status();
    int happened =
        bit(status, GMBUS2_HARDWARE_READY, GMBUS4_HARDWARE_READY_ENABLE)
            | bit(status, GMBUS2_HARDWARE_WAIT_PHASE, GMBUS4_HARDWARE_WAIT_ENABLE)
            | bit(~status, GMBUS2_ACTIVE, GMBUS4_IDLE_ENABLE)
            | bit(status, GMBUS2_NOT_ACKNOWLEDGED, GMBUS4_NOT_ACKNOWLEDGED_ENABLE);
    if ((happened & registers.load32(GMBUS4)) == 0) return;
    interrupts.south().raise(SDEISR_GMBUS);
    interrupts.refresh();
  }

  private static int bit(int status, int mask, int enable) {
    return (status & mask) == 0 ? 0 : enable;
  }
}
