package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.door.Connector;
import dev.systole.gpu.door.Monitor;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;

/**
 * The ports: their buffers, which have no effect but to tell that they are idle, and their AUX
 * channels, on which messages are answered at once (DisplayPort: native and I2C over AUX).
 */
final class Ports implements RegisterBlock {
  private static final int PORT_BYTES = DDI_BUF_CTL_STRIDE_BYTES;
  private static final int STATUS =
      DP_AUX_CH_CTL_DONE | DP_AUX_CH_CTL_TIME_OUT_ERROR | DP_AUX_CH_CTL_RECEIVE_ERROR;

  private static final int HEADER_BYTES = 4;
  private static final int MESSAGE_BYTES_MAX = 20;
  private static final int DATA_BYTES_MAX = 16;

  // the upper half of a message's first byte
  private static final int NATIVE_WRITE = 8;
  private static final int NATIVE_READ = 9;
  private static final int MIDDLE_OF_TRANSACTION = 4;
  private static final int I2C_WRITE = 0;
  private static final int I2C_READ = 1;

  // and of an answer's
  private static final int ACK = 0;
  private static final int NATIVE_NACK = 0x10;
  private static final int I2C_NACK = 0x40;

  private final PagedMemory registers;
  private final PowerWells wells;
  private final HotPlug monitors;
  private final DisplayInterrupts interrupts;

  Ports(PagedMemory registers, PowerWells wells, HotPlug monitors, DisplayInterrupts interrupts) {
    this.registers = registers;
    this.wells = wells;
    this.monitors = monitors;
    this.interrupts = interrupts;
  }

  void claim(Display.Claims claims) {
    for (int port = 0; port < DDI_BUF_CTL_COUNT; port++) {
      claims.claim(this, DDI_BUF_CTL + port * PORT_BYTES, Integer.BYTES);
      claims.claim(this, DP_AUX_CH_CTL + port * PORT_BYTES, Integer.BYTES);
    }
  }

  private static boolean isAux(int offset) {
    return (offset - DP_AUX_CH_CTL) % PORT_BYTES == 0;
  }

  @Override
  public int read(int offset) {
    int value = registers.load32(offset);
    if (isAux(offset) || (value & DDI_BUF_CTL_ENABLE) != 0) return value;
    return value | DDI_BUF_CTL_IDLE;
  }

  @Override
  public void write(int offset, int value) {
    if (!isAux(offset)) {
      registers.store32(offset, value & ~DDI_BUF_CTL_IDLE);
      return;
    }
    int status = registers.load32(offset) & STATUS & ~value;
    registers.store32(offset, value & ~STATUS & ~DP_AUX_CH_CTL_SEND_BUSY | status);
    if ((value & DP_AUX_CH_CTL_SEND_BUSY) != 0) send((offset - DP_AUX_CH_CTL) / PORT_BYTES);
  }

  private void send(int port) {
    int control = DP_AUX_CH_CTL + port * PORT_BYTES;
    int value = registers.load32(control);
    int size = (value & DP_AUX_CH_CTL_MESSAGE_SIZE_MASK) >>> DP_AUX_CH_CTL_MESSAGE_SIZE_SHIFT;
    Connector connector = Connector.values()[port];
    Sink sink = monitors.at(connector);
    boolean heard = sink != null && sink.speaks(Monitor.Link.DISPLAY_PORT) && wells.aux(connector);
    if (!heard || size < HEADER_BYTES - 1 || size > MESSAGE_BYTES_MAX) {
      registers.store32(control, value | DP_AUX_CH_CTL_DONE | DP_AUX_CH_CTL_TIME_OUT_ERROR);
    } else {
      int answer = answer(sink, port, size);
      int answered = answer << DP_AUX_CH_CTL_MESSAGE_SIZE_SHIFT | DP_AUX_CH_CTL_DONE;
      registers.store32(control, value & ~DP_AUX_CH_CTL_MESSAGE_SIZE_MASK | answered);
    }
    if ((value & DP_AUX_CH_CTL_INTERRUPT_ENABLE) == 0) return;
    int bit = connector.isTypeC() ? DE_PORT_ISR_AUX_TC1 : DE_PORT_ISR_AUX_A;
    interrupts.port().raise(bit << connector.numberOfKind());
    interrupts.refresh();
  }

  /** Answers a message of {@code size} bytes; returns the size of the answer. */
  private int answer(Sink sink, int port, int size) {
    int request = data(port, 0) >>> 4;
    int address = (data(port, 0) & 0xf) << 16 | data(port, 1) << 8 | data(port, 2);
    int length = size < HEADER_BYTES ? 0 : Math.min(data(port, 3) + 1, DATA_BYTES_MAX);
    if (request == NATIVE_READ) return readNative(sink, port, address, length);
    if (request == NATIVE_WRITE) {
      int sent = Math.min(length, size - HEADER_BYTES);
      for (int i = 0; i < sent; i++) sink.writeDpcd(address + i, data(port, HEADER_BYTES + i));
      return reply(port, ACK);
    }
    return switch (request & ~MIDDLE_OF_TRANSACTION) {
      case I2C_WRITE, I2C_READ -> i2c(sink, port, size, request, address, length);
      default -> reply(port, NATIVE_NACK);
    };
  }

  private int readNative(Sink sink, int port, int address, int length) {
    for (int i = 0; i < length; i++) setData(port, i + 1, sink.readDpcd(address + i));
    return reply(port, ACK) + length;
  }

  private int i2c(Sink sink, int port, int size, int request, int address, int length) {
    if (!Sink.acknowledges(address)) return reply(port, I2C_NACK);
    int read = 0;
    if ((request & I2C_READ) != 0) {
      for (; read < length; read++) setData(port, read + 1, sink.next());
    } else if (size > HEADER_BYTES) {
      sink.select(address, data(port, HEADER_BYTES));
    }
    if ((request & MIDDLE_OF_TRANSACTION) == 0) sink.stop();
    return reply(port, ACK) + read;
  }

  private int reply(int port, int code) {
    setData(port, 0, code);
    return 1;
  }

  // ---- the first byte of a message is the highest of the first data register

  private int data(int port, int index) {
    return registers.load32(dataRegister(port, index)) >>> shift(index) & 0xff;
  }

  private void setData(int port, int index, int value) {
    int register = dataRegister(port, index);
    int kept = registers.load32(register) & ~(0xff << shift(index));
    registers.store32(register, kept | value << shift(index));
  }

  private static int dataRegister(int port, int index) {
    return DP_AUX_CH_DATA + port * PORT_BYTES + (index & ~3);
  }

  private static int shift(int index) {
    return (3 - (index & 3)) * Byte.SIZE;
  }
}
