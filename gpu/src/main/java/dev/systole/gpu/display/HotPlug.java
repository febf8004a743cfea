package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.door.Connector;
import dev.systole.gpu.door.Monitor;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * The monitors, and how software learns of them: live states, and an interrupt with a long pulse
 * where detection is on. DisplayPort at a Type-C port is an alternate mode, which the north display
 * tells of; everything else is the south display's (i915: icp_irq_handler, gen11_hpd_irq_handler).
 */
final class HotPlug implements RegisterBlock {
  private static final Connector[] CONNECTORS = Connector.values();

  // of each port in a control register
  private static final int ENABLE = 8;
  private static final int LONG_PULSE = 2;
  private static final int PORT_BITS = 4;
  private static final int ALL_PULSES = 0x33333333;

  /** Which lanes of a Type-C port are DisplayPort's, by port of a FIA: all four. */
  private static final int LANES = PORT_TX_DFLEXDPSP_FIA1_PORT_1_LANES_MASK;

  private static final int FIA_PORTS = 2;
  private static final int FIA_PORT_BITS = 8;
  private static final int[] FIA_STATES = {
    PORT_TX_DFLEXDPSP_FIA1, PORT_TX_DFLEXDPSP_FIA2, PORT_TX_DFLEXDPSP_FIA3
  };
  private static final int[] FIA_READY = {
    PORT_TX_DFLEXDPPMS_FIA1, PORT_TX_DFLEXDPPMS_FIA2, PORT_TX_DFLEXDPPMS_FIA3
  };
  private static final int[] CONTROLS = {
    SHOTPLUG_CTL_DDI, SHOTPLUG_CTL_TC, TC_HOTPLUG_CTL, TBT_HOTPLUG_CTL
  };

  private final PagedMemory registers;
  private final DisplayInterrupts interrupts;
  private final Sink[] sinks = new Sink[CONNECTORS.length];

  HotPlug(PagedMemory registers, DisplayInterrupts interrupts) {
    this.registers = registers;
    this.interrupts = interrupts;
    reset();
  }

  /** Back to power-on, with the monitors that there are. */
  void reset() {
    for (int fia : FIA_STATES) registers.store32(fia, PORT_TX_DFLEXDPSP_FIA1_MODULAR_FIA);
    for (Connector connector : CONNECTORS) {
      if (at(connector) != null) change(connector, true);
    }
  }

  void claim(Display.Claims claims) {
    int[][] all = {FIA_STATES, FIA_READY, CONTROLS};
    for (int[] offsets : all) {
      for (int offset : offsets) claims.claim(this, offset, Integer.BYTES);
    }
  }

  /** What is plugged in there, or null. */
  Sink at(Connector connector) {
    return sinks[connector.ordinal()];
  }

  /** A monitor is plugged in; one that was there is unplugged before. */
  void plug(Connector connector, Monitor monitor) {
    unplug(connector);
    sinks[connector.ordinal()] = new Sink(monitor);
    change(connector, true);
  }

  /** The monitor, if there is one, is unplugged. */
  void unplug(Connector connector) {
    if (at(connector) == null) return;
    change(connector, false);
    sinks[connector.ordinal()] = null;
  }

  private void change(Connector connector, boolean there) {
    int number = connector.numberOfKind();
    if (!connector.isTypeC()) {
      int bit = SDEISR_DDI_A_HOTPLUG << number;
      pulse(interrupts.south(), bit, there, SHOTPLUG_CTL_DDI, number);
    } else if (at(connector).speaks(Monitor.Link.HDMI)) {
      int bit = SDEISR_TC_1_HOTPLUG << number;
      pulse(interrupts.south(), bit, there, SHOTPLUG_CTL_TC, number);
    } else {
      setLanes(number, there);
      int bit = DE_HPD_ISR_TC_1_HOTPLUG << number;
      pulse(interrupts.hotPlug(), bit, there, TC_HOTPLUG_CTL, number);
    }
  }

  private void pulse(InterruptBank bank, int bit, boolean there, int control, int number) {
    bank.setLive(bit, there);
    int value = registers.load32(control);
    if ((value >>> number * PORT_BITS & ENABLE) == 0) return;
    registers.store32(control, value | LONG_PULSE << number * PORT_BITS);
    bank.raise(bit);
  }

  private void setLanes(int number, boolean there) {
    int fia = number / FIA_PORTS;
    int port = number % FIA_PORTS;
    int state = LANES | PORT_TX_DFLEXDPSP_FIA1_PORT_1_TC_LIVE;
    set(FIA_STATES[fia], state << port * FIA_PORT_BITS, there);
    set(FIA_READY[fia], PORT_TX_DFLEXDPPMS_FIA1_PORT_1_READY << port, there);
  }

  private void set(int register, int bits, boolean on) {
    int value = registers.load32(register);
    registers.store32(register, on ? value | bits : value & ~bits);
  }

  @Override
  public int read(int offset) {
    return registers.load32(offset);
  }

  /** The pulses that were seen are cleared by ones; the rest is kept. */
  @Override
  public void write(int offset, int value) {
    for (int control : CONTROLS) {
      if (control != offset) continue;
      int pulses = registers.load32(offset) & ALL_PULSES & ~value;
      registers.store32(offset, value & ~ALL_PULSES | pulses);
    }
  }

  void save(StateSink sink) {
    for (Sink plugged : sinks) {
      sink.putBoolean(plugged != null);
      if (plugged != null) plugged.save(sink);
    }
  }

  void restore(StateSource source) {
    for (int i = 0; i < sinks.length; i++) {
      sinks[i] = source.takeBoolean() ? Sink.restore(source) : null;
    }
  }
}
