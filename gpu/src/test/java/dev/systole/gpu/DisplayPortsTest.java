package dev.systole.gpu;

import static dev.systole.spec.gen12.DisplayRegisters.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.door.Connector;
import dev.systole.gpu.door.Monitor;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports, hot plug, GMBUS and AUX channels (i915: intel_gmbus.c, intel_dp_aux.c). */
class DisplayPortsTest {
  private static final int EDID_ADDRESS = 0x50;
  private static final int ACTIVE = GMBUS2_ACTIVE;

  private final DisplayFixture display = new DisplayFixture();
  private final GpuFixture device = display.device;
  private final byte[] edid = new byte[512];

  DisplayPortsTest() {
    new Random(4).nextBytes(edid);
  }

  private Monitor hdmi() {
    return new Monitor(Monitor.Link.HDMI, edid);
  }

  private Monitor displayPort() {
    return new Monitor(Monitor.Link.DISPLAY_PORT, edid);
  }

  @Test
  void aPortIsIdleUntilItIsEnabled() {
    assertEquals(DDI_BUF_CTL_IDLE, display.read(DDI_BUF_CTL + 0x100));
    display.write(DDI_BUF_CTL + 0x100, DDI_BUF_CTL_ENABLE);
    assertEquals(DDI_BUF_CTL_ENABLE, display.read(DDI_BUF_CTL + 0x100));
  }

  // ---- hot plug

  @ParameterizedTest
  @CsvSource({"A, 16, 0", "B, 17, 1", "C, 18, 2"})
  void aMonitorRaisesTheSouthDisplaysInterrupt(Connector connector, int bit, int number) {
    int control = 8 << 4 * number;
    display.write(SHOTPLUG_CTL_DDI, control);
    display.write(SDEIMR, 0);
    display.write(SDEIER, -1);
    display.write(DISPLAY_INT_CTL, DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE);
    device.gpu.plug(connector, hdmi());
    assertEquals(1, device.interrupts.size());
    assertEquals(DISPLAY_INT_CTL_PCH, display.read(DISPLAY_INT_CTL) & DISPLAY_INT_CTL_PCH);
    assertEquals(1 << bit, display.read(SDEISR), "there");
    assertEquals(1 << bit, display.read(SDEIIR));
    assertEquals(control | 2 << 4 * number, display.read(SHOTPLUG_CTL_DDI), "a long pulse");
    display.write(SHOTPLUG_CTL_DDI, display.read(SHOTPLUG_CTL_DDI));
    assertEquals(control, display.read(SHOTPLUG_CTL_DDI));
    display.write(SDEIIR, -1);
    device.gpu.unplug(connector);
    assertEquals(0, display.read(SDEISR), "gone");
    assertEquals(1 << bit, display.read(SDEIIR));
    assertEquals(2, device.interrupts.size());
  }

  @Test
  void withoutDetectionThereIsOnlyTheLiveState() {
    display.write(SDEIMR, 0);
    device.gpu.plug(Connector.A, hdmi());
    assertEquals(SDEISR_DDI_A_HOTPLUG, display.read(SDEISR));
    assertEquals(0, display.read(SDEIIR));
  }

  @Test
  void theAlternateModeOfTypeCIsTheNorthDisplays() {
    display.write(TC_HOTPLUG_CTL, TC_HOTPLUG_CTL_TC_4_ENABLE);
    display.write(DE_HPD_IMR, 0);
    display.write(DE_HPD_IER, -1);
    display.write(DISPLAY_INT_CTL, DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE);
    device.gpu.plug(Connector.TC4, displayPort());
    assertEquals(DE_HPD_ISR_TC_4_HOTPLUG, display.read(DE_HPD_IIR));
    assertEquals(DISPLAY_INT_CTL_HPD, display.read(DISPLAY_INT_CTL) & DISPLAY_INT_CTL_HPD);
    int state = display.read(PORT_TX_DFLEXDPSP_FIA2);
    assertEquals(
        PORT_TX_DFLEXDPSP_FIA1_MODULAR_FIA
            | PORT_TX_DFLEXDPSP_FIA1_PORT_2_TC_LIVE
            | PORT_TX_DFLEXDPSP_FIA1_PORT_2_LANES_MASK,
        state);
    assertEquals(PORT_TX_DFLEXDPPMS_FIA1_PORT_2_READY, display.read(PORT_TX_DFLEXDPPMS_FIA2));
    device.gpu.unplug(Connector.TC4);
    assertEquals(PORT_TX_DFLEXDPSP_FIA1_MODULAR_FIA, display.read(PORT_TX_DFLEXDPSP_FIA2));
  }

  @Test
  void hdmiAtATypeCPortIsTheSouthDisplays() {
    display.write(SHOTPLUG_CTL_TC, TC_HOTPLUG_CTL_TC_2_ENABLE);
    display.write(SDEIMR, 0);
    device.gpu.plug(Connector.TC2, hdmi());
    assertEquals(SDEISR_TC_2_HOTPLUG, display.read(SDEIIR));
  }

  // ---- GMBUS

  /** Reads as i915 does: an index, then a dword whenever the hardware is ready. */
  private byte[] readOverGmbus(int pins, int index, int count) {
    display.write(GMBUS0, pins);
    display.write(
        GMBUS1,
        GMBUS1_SOFTWARE_READY
            | GMBUS1_INDEX_CYCLE
            | GMBUS1_WAIT_CYCLE
            | count << GMBUS1_BYTE_COUNT_SHIFT
            | index << GMBUS1_INDEX_SHIFT
            | EDID_ADDRESS << GMBUS1_ADDRESS_SHIFT
            | GMBUS1_READ);
    return readDwords(count);
  }

  private byte[] readDwords(int count) {
    var bytes = new ByteArrayOutputStream();
    while (bytes.size() < count) {
      assertEquals(ACTIVE | GMBUS2_HARDWARE_READY, status() & ~GMBUS2_BYTE_COUNT_MASK);
      int data = display.read(GMBUS3);
      for (int i = 0; i < 4 && bytes.size() < count; i++) bytes.write(data >>> 8 * i);
    }
    assertEquals(GMBUS2_HARDWARE_WAIT_PHASE, status() & GMBUS2_HARDWARE_WAIT_PHASE);
    display.write(GMBUS1, GMBUS1_SOFTWARE_READY | GMBUS1_STOP_CYCLE);
    assertEquals(0, status() & ACTIVE);
    return bytes.toByteArray();
  }

  private int status() {
    return display.read(GMBUS2);
  }

  private byte[] block(int number) {
    return Arrays.copyOfRange(edid, 128 * number, 128 * (number + 1));
  }

  @ParameterizedTest
  @CsvSource({"A, 1", "B, 2", "C, 3", "TC1, 9", "TC6, 14"})
  void theEdidIsReadOverGmbus(Connector connector, int pins) {
    device.gpu.plug(connector, hdmi());
    assertArrayEquals(block(0), readOverGmbus(pins, 0, 128));
    assertArrayEquals(block(1), readOverGmbus(pins, 128, 128));
  }

  @Test
  void laterBlocksAreInLaterSegments() {
    device.gpu.plug(Connector.B, hdmi());
    writeOverGmbus(0x30, 1);
    writeOverGmbus(EDID_ADDRESS, 128);
    display.write(
        GMBUS1,
        GMBUS1_SOFTWARE_READY
            | GMBUS1_WAIT_CYCLE
            | 128 << GMBUS1_BYTE_COUNT_SHIFT
            | EDID_ADDRESS << GMBUS1_ADDRESS_SHIFT
            | GMBUS1_READ);
    assertArrayEquals(block(3), readDwords(128));
    assertArrayEquals(block(0), readOverGmbus(2, 0, 128), "a stop ends the segment");
  }

  private void writeOverGmbus(int address, int value) {
    display.write(GMBUS0, 2);
    display.write(GMBUS3, value);
    display.write(
        GMBUS1,
        GMBUS1_SOFTWARE_READY
            | GMBUS1_WAIT_CYCLE
            | 1 << GMBUS1_BYTE_COUNT_SHIFT
            | address << GMBUS1_ADDRESS_SHIFT);
    assertEquals(GMBUS2_HARDWARE_WAIT_PHASE, status() & GMBUS2_HARDWARE_WAIT_PHASE);
  }

  @ParameterizedTest
  @CsvSource({"1, 80", "2, 81", "4, 80", "31, 80"})
  void nobodyAnswers(int pins, int address) {
    device.gpu.plug(Connector.A, displayPort());
    device.gpu.plug(Connector.B, hdmi());
    display.write(GMBUS0, pins);
    display.write(
        GMBUS1,
        GMBUS1_SOFTWARE_READY
            | GMBUS1_WAIT_CYCLE
            | 1 << GMBUS1_BYTE_COUNT_SHIFT
            | address << GMBUS1_ADDRESS_SHIFT
            | GMBUS1_READ);
    assertEquals(GMBUS2_NOT_ACKNOWLEDGED, status());
    display.write(GMBUS1, GMBUS1_SOFTWARE_CLEAR);
    display.write(GMBUS1, 0);
    assertEquals(GMBUS2_HARDWARE_READY, status());
  }

  @Test
  void gmbusInterruptsWhenAsked() {
    device.gpu.plug(Connector.A, hdmi());
    display.write(SDEIMR, ~SDEISR_GMBUS);
    readOverGmbus(1, 0, 4);
    assertEquals(0, display.read(SDEIIR));
    display.write(GMBUS4, GMBUS4_HARDWARE_READY_ENABLE);
    readOverGmbus(1, 0, 4);
    assertEquals(SDEISR_GMBUS, display.read(SDEIIR));
  }

  // ---- AUX

  /** Sends a message; returns the answer's bytes, or null when nobody answered. */
  private byte[] transfer(int channel, int... message) {
    int registers = channel * DP_AUX_CH_CTL_STRIDE_BYTES;
    for (int i = 0; i < message.length; i += 4) {
      int data = 0;
      for (int j = 0; j < 4; j++) {
        data = data << 8 | (i + j < message.length ? message[i + j] : 0);
      }
      display.write(DP_AUX_CH_DATA + registers + i, data);
    }
    display.write(
        DP_AUX_CH_CTL + registers,
        DP_AUX_CH_CTL_SEND_BUSY
            | DP_AUX_CH_CTL_DONE
            | DP_AUX_CH_CTL_TIME_OUT_ERROR
            | message.length << DP_AUX_CH_CTL_MESSAGE_SIZE_SHIFT);
    int control = display.read(DP_AUX_CH_CTL + registers);
    assertEquals(DP_AUX_CH_CTL_DONE, control & (DP_AUX_CH_CTL_DONE | DP_AUX_CH_CTL_SEND_BUSY));
    if ((control & DP_AUX_CH_CTL_TIME_OUT_ERROR) != 0) return null;
    byte[] answer =
        new byte[(control & DP_AUX_CH_CTL_MESSAGE_SIZE_MASK) >>> DP_AUX_CH_CTL_MESSAGE_SIZE_SHIFT];
    for (int i = 0; i < answer.length; i++) {
      int data = display.read(DP_AUX_CH_DATA + registers + (i & ~3));
      answer[i] = (byte) (data >>> 24 - 8 * (i & 3));
    }
    return answer;
  }

  private void power(int channel) {
    display.write(PWR_WELL_CTL_AUX2, 2 << 2 * channel);
  }

  @Test
  void anAuxChannelWithoutPowerOrMonitorTimesOut() {
    device.gpu.plug(Connector.A, displayPort());
    assertEquals(null, transfer(0, 0x90, 0, 0, 0));
    power(1);
    assertEquals(null, transfer(1, 0x90, 0, 0, 0));
  }

  @Test
  void receiverCapabilitiesAreRead() {
    device.gpu.plug(Connector.TC3, displayPort());
    power(5);
    assertArrayEquals(new byte[] {0, 0x12, 0x14, (byte) 0xc4}, transfer(5, 0x90, 0, 0, 2));
  }

  @Test
  void linkTrainingSucceeds() {
    device.gpu.plug(Connector.A, displayPort());
    power(0);
    assertArrayEquals(new byte[] {0}, transfer(0, 0x80, 1, 2, 0, 0x21));
    assertArrayEquals(new byte[] {0, 0x11, 0x11, 0}, transfer(0, 0x90, 2, 2, 2));
    transfer(0, 0x80, 1, 2, 0, 0x22);
    assertArrayEquals(new byte[] {0, 0x77, 0x77, 1}, transfer(0, 0x90, 2, 2, 2));
    transfer(0, 0x80, 1, 2, 0, 0);
    assertArrayEquals(new byte[] {0, 0x77, 0x77, 1}, transfer(0, 0x90, 2, 2, 2));
  }

  @Test
  void theEdidIsReadOverAux() {
    device.gpu.plug(Connector.B, displayPort());
    power(1);
    assertArrayEquals(new byte[] {0}, transfer(1, 0x40, 0, EDID_ADDRESS, 0, 0));
    var read = new ByteArrayOutputStream();
    for (int i = 0; i < 8; i++) {
      byte[] answer = transfer(1, i < 7 ? 0x50 : 0x10, 0, EDID_ADDRESS, 15);
      read.write(answer, 1, 16);
    }
    assertArrayEquals(block(0), read.toByteArray());
    assertArrayEquals(new byte[] {0x40}, transfer(1, 0x50, 0, 0x51, 0), "nobody there");
    assertArrayEquals(new byte[] {0x10}, transfer(1, 0x20, 0, 0, 0), "no such request");
  }

  @Test
  void anAuxChannelInterruptsWhenItIsDone() {
    device.gpu.plug(Connector.A, displayPort());
    power(0);
    display.write(DE_PORT_IMR, 0);
    display.write(DE_PORT_IER, -1);
    display.write(DISPLAY_INT_CTL, DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE);
    display.write(
        DP_AUX_CH_CTL,
        DP_AUX_CH_CTL_SEND_BUSY
            | DP_AUX_CH_CTL_INTERRUPT_ENABLE
            | 4 << DP_AUX_CH_CTL_MESSAGE_SIZE_SHIFT);
    assertEquals(DE_PORT_ISR_AUX_A, display.read(DE_PORT_IIR));
    assertEquals(1, device.interrupts.size());
  }
}
