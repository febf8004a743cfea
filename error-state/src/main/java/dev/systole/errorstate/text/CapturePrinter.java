package dev.systole.errorstate.text;

import dev.systole.errorstate.ActiveContext;
import dev.systole.errorstate.AddressRange;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Capture;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.ElspEntry;
import dev.systole.errorstate.EngineClass;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.GpuProcess;
import dev.systole.errorstate.Registers;
import dev.systole.errorstate.RequestOffsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints a capture line by line in the order of the kernel (i915: i915_gpu_error.c:
 * __err_print_to_sgl; i915-kernel.md 1.3 to 1.5).
 */
final class CapturePrinter {
  private static final int GT_INTERRUPT_REGISTERS = 6;
  private static final int FENCES = 32;
  private static final int SFCS = 2;
  private static final int SUBSLICES = 6;
  private static final int PDPS = 4;
  private static final int PAGE_BYTES = 4096;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final StringBuilder out = new StringBuilder();

  String print(Capture capture) {
    capture.hang().ifPresent(hang -> line("%s", hang));
    host(capture.host());
    for (EngineState engine : capture.engines()) {
      line("Active process (on ring %s): %s", engine.name(), context(engine).process());
    }
    line("Reset count: %d", capture.resetCount());
    line("Suspend count: %d", capture.suspendCount());
    device(capture.device());
    line("RPM wakelock: %s", yesNo(capture.awake()));
    line("PM suspended: %s", yesNo(!capture.awake()));
    line("GT awake: %s", yesNo(capture.awake()));
    gt(capture.registers());
    for (EngineState engine : capture.engines()) {
      engine(engine);
      for (CapturedObject object : engine.objects()) object(object);
    }
    out.append(TigerLakeTail.print(capture));
    return out.toString();
  }

  private void host(Capture.Host host) {
    line("Kernel: %s", host.kernel());
    micros("Time", host.realtimeMicros());
    micros("Boottime", host.boottimeMicros());
    micros("Uptime", host.uptimeMicros());
    line("Capture: %d jiffies; %d ms ago", host.jiffies(), host.ageMillis());
  }

  private void micros(String key, long micros) {
    line("%s: %d s %d us", key, micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND);
  }

  private void device(Capture.Device device) {
    line("Platform: %s", device.platform());
    line("Subplatform: 0x%x", device.subplatform());
    line("PCI ID: 0x%04x", device.id());
    line("PCI Revision: 0x%02x", device.revision());
    line("PCI Subsystem: %04x:%04x", device.subsystemVendor(), device.subsystemDevice());
    line("IOMMU enabled?: %d", device.iommu() ? 1 : 0);
  }

  private void gt(Registers registers) {
    line("CS timestamp frequency: 19200000 Hz, 52 ns");
    dword(registers, "EIR: ");
    dword(registers, "PGTBL_ER: ");
    for (int i = 0; i < GT_INTERRUPT_REGISTERS; i++) dword(registers, "GTIER[" + i + "]: ");
    for (int i = 0; i < FENCES; i++) {
      line("  fence[%d] = %08x", i, registers.require("fence[" + i + "]"));
    }
    dword(registers, "FORCEWAKE: ");
    wide(registers, "FAULT_TLB_DATA: ", " 0x");
    dword(registers, "AUX_ERR_DBG: ");
    for (int i = 0; i < SFCS; i++) dword(registers, "  SFC_DONE[" + i + "]: ");
    dword(registers, "  GAM_DONE: ");
  }

  private void engine(EngineState engine) {
    Registers registers = engine.registers();
    RequestOffsets request = engine.request().orElse(new RequestOffsets(0, 0, 0));
    line("%s command stream:", engine.name());
    dword(registers, "  CCID:  ");
    dword(registers, "  START: ");
    line("  HEAD:  0x%08x [0x%08x]", registers.dword("HEAD"), request.head());
    line(
        "  TAIL:  0x%08x [0x%08x, 0x%08x]",
        registers.dword("TAIL"), request.postfix(), request.tail());
    dword(registers, "  CTL:   ");
    dword(registers, "  MODE:  ");
    dword(registers, "  HWS:   ");
    wide(registers, "  ACTHD: ", " ");
    dword(registers, "  IPEIR: ");
    dword(registers, "  IPEHR: ");
    dword(registers, "  ESR:   ");
    dword(registers, "  INSTDONE: ");
    if (engine.engineClass().equals(Optional.of(EngineClass.RENDER))) instdone(registers);
    engine.batch().ifPresent(this::batch);
    wide(registers, "  BBADDR: ", "_");
    dword(registers, "  BB_STATE: ");
    dword(registers, "  INSTPS: ");
    dword(registers, "  INSTPM: ");
    wide(registers, "  FADDR: ", " ");
    dword(registers, "  RC PSMI: ");
    dword(registers, "  FAULT_REG: ");
    dword(registers, "  NOPID: ");
    dword(registers, "  EXCC: ");
    dword(registers, "  CMD_CCTL: ");
    dword(registers, "  CSCMDOP: ");
    dword(registers, "  CTX_SR_CTL: ");
    dword(registers, "  DMA_FADDR_HI: ");
    dword(registers, "  DMA_FADDR_LO: ");
    dword(registers, "  GFX_MODE: ");
    for (int i = 0; i < PDPS; i++) line("  PDP%d: 0x%016x", i, registers.require("PDP" + i));
    for (ElspEntry port : engine.ports()) port(port);
    line("  hung: %d", engine.hung() ? 1 : 0);
    line("  engine reset count: %d", present(engine.resetCount().stream().boxed().findFirst()));
    context(engine, context(engine));
  }

  private void instdone(Registers registers) {
    dword(registers, "  SC_INSTDONE: ");
    for (int i = 0; i < SUBSLICES; i++) dword(registers, "  SAMPLER_INSTDONE[0][" + i + "]: ");
    for (int i = 0; i < SUBSLICES; i++) dword(registers, "  ROW_INSTDONE[0][" + i + "]: ");
    dword(registers, "  SC_INSTDONE_EXTRA: ");
    dword(registers, "  SC_INSTDONE_EXTRA2: ");
  }

  private void batch(AddressRange batch) {
    line(
        "  batch: [0x%08x_%08x, 0x%08x_%08x]",
        batch.start() >>> 32, (int) batch.start(), batch.end() >>> 32, (int) batch.end());
  }

  /** The kernel forgets the end of the line of a request whose seqno is 0; so do we. */
  private void port(ElspEntry port) {
    if (port.seqno() == 0) {
      out.append("  ELSP[").append(port.port()).append("]:");
      return;
    }
    line(
        "  ELSP[%d]:  pid %d, seqno %8x:%08x%s%s, prio %d, head %08x, tail %08x",
        port.port(),
        port.pid(),
        port.fenceContext(),
        port.seqno(),
        port.signalled() ? "!" : "",
        port.signalling() ? "+" : "",
        port.priority(),
        port.head(),
        port.tail());
  }

  private void context(EngineState engine, ActiveContext context) {
    GpuProcess process = context.process();
    line(
        "  Active context: %s[%d] prio %d, guilty %d active %d, runtime total %dns, avg %dns",
        process.name(),
        process.pid(),
        context.priority(),
        context.guilty(),
        context.active(),
        context.runtimeTotalNanos(),
        context.runtimeAverageNanos());
    line(
        "  context timeline seqno %d",
        present(engine.timelineSeqno().stream().boxed().findFirst()));
  }

  private void object(CapturedObject object) {
    Bytes bytes = object.bytes();
    if (bytes.sizeBytes() % PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          "%s %s: %s are not whole pages".formatted(object.owner(), object.name(), bytes));
    }
    line(
        "%s --- %s = 0x%08x %08x",
        object.owner(), object.name(), object.address() >>> 32, (int) object.address());
    object.pageSizes().ifPresent(mask -> line("gtt_page_sizes = 0x%08x", mask));
    EncodedPayload.encode(bytes, out);
    out.append('\n');
  }

  private void dword(Registers registers, String label) {
    line("%s0x%08x", label, registers.dword(name(label)));
  }

  private void wide(Registers registers, String label, String separator) {
    long value = registers.require(name(label));
    line("%s0x%08x%s%08x", label, value >>> 32, separator, (int) value);
  }

  private static String name(String label) {
    return label.substring(0, label.indexOf(':')).strip();
  }

  private static ActiveContext context(EngineState engine) {
    return present(engine.context());
  }

  private static <T> T present(Optional<T> value) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("an engine without context, reset count or seqno"));
  }

  private static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }

  private void line(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
