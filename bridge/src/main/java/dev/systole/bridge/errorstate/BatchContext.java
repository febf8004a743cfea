package dev.systole.bridge.errorstate;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

import dev.systole.bridge.machine.ReadyMachine;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.Engine;
import dev.systole.spec.gen12.PageTableStructures;

/**
 * A context with nothing but a ring that starts one batch: image and ring as the kernel makes them
 * (i915-kernel.md 4.3), each at the GGTT address that is its bus address.
 */
final class BatchContext {
  /** Bus address behind everything that a context needs. */
  static final long END = 0x20_0000;

  private static final int STATUS = 0x10_0000;
  private static final int IMAGE = 0x11_0000;
  private static final int IMAGE_PAGES = 14;
  private static final int STATE = IMAGE + PpgttBuilder.PAGE_BYTES;
  private static final int RING = 0x12_0000;
  private static final int GGTT_OFFSET_BYTES = 8 << 20;
  private static final int MASKED = 1 << 16;

  /** In the order of the image. */
  private static final int[] RING_STATE = {
    RING_CONTEXT_CONTROL,
    RING_HEAD,
    RING_TAIL,
    RING_START,
    RING_CTL,
    RING_BBADDR_UDW,
    RING_BBADDR,
    RING_BBSTATE,
    RING_BB_PER_CTX_PTR,
    RING_INDIRECT_CTX,
    RING_INDIRECT_CTX_OFFSET,
    CCID,
    RING_SEMAPHORE_TOKEN
  };

  private static final int TABLE_POINTERS = RING_PDP_LDW_COUNT;

  private final ReadyMachine machine;
  private final PciFunction function;
  private final Engine engine;

  BatchContext(ReadyMachine machine, Engine engine) {
    this.machine = machine;
    this.engine = engine;
    function = machine.function();
  }

  /**
   * Submits the batch at an address.
   *
   * @param root bus address of the highest page table
   */
  void submit(long address, long root) {
    map(STATUS, 1);
    map(IMAGE, IMAGE_PAGES);
    map(RING, 1);
    machine.write(engine, RING_HWS_PGA, STATUS);
    int[] commands = {
      MI_BATCH_BUFFER_START
          | MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT
          | MI_BATCH_BUFFER_START_LENGTH_DWORDS - 2,
      (int) address,
      (int) (address >>> Integer.SIZE),
      MI_NOOP
    };
    for (int i = 0; i < commands.length; i++) {
      function.writeMemory32(RING + (long) i * Integer.BYTES, commands[i]);
    }
    writeImage(commands.length * Integer.BYTES, root);
    machine.write(engine, RING_EXECLIST_SQ_CONTENTS_LO, descriptorLow());
    machine.write(engine, RING_EXECLIST_SQ_CONTENTS_HI, descriptorHigh());
    machine.write(engine, RING_EXECLIST_CONTROL, RING_EXECLIST_CONTROL_LOAD);
  }

  private void map(int address, int pages) {
    for (int i = 0; i < pages; i++) {
      int page = address / PpgttBuilder.PAGE_BYTES + i;
      long entry = (long) page * PpgttBuilder.PAGE_BYTES | PageTableStructures.GGTT_ENTRY_PRESENT;
      function.writeRegister64(GGTT_OFFSET_BYTES + page * Long.BYTES, entry);
    }
  }

  private void writeImage(int tail, long root) {
    list(OTHER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_0_DWORD, RING_STATE);
    list(OTHER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_1_DWORD, tableState());
    int inhibit =
        RING_CONTEXT_CONTROL_RESTORE_INHIBIT
            | RING_CONTEXT_CONTROL_INHIBIT_SYNCHRONOUS_CONTEXT_SWITCH;
    state(OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD, inhibit * MASKED | inhibit);
    state(OTHER_CONTEXT_STATE_RING_TAIL_DWORD, tail);
    state(OTHER_CONTEXT_STATE_RING_START_DWORD, RING);
    state(OTHER_CONTEXT_STATE_RING_CTL_DWORD, RING_CTL_VALID);
    state(OTHER_CONTEXT_STATE_RING_PDP0_LDW_DWORD, (int) root);
    state(OTHER_CONTEXT_STATE_RING_PDP0_UDW_DWORD, (int) (root >>> Integer.SIZE));
    state(
        OTHER_CONTEXT_STATE_BATCH_BUFFER_END_DWORD,
        MI_BATCH_BUFFER_END | MI_BATCH_BUFFER_END_END_CONTEXT);
  }

  private static int[] tableState() {
    int[] registers = new int[1 + 2 * TABLE_POINTERS];
    registers[0] = RING_CTX_TIMESTAMP;
    for (int i = 0; i < TABLE_POINTERS; i++) {
      int pointer = (TABLE_POINTERS - 1 - i) * RING_PDP_LDW_STRIDE_BYTES;
      registers[1 + 2 * i] = RING_PDP_UDW + pointer;
      registers[2 + 2 * i] = RING_PDP_LDW + pointer;
    }
    return registers;
  }

  /** A command that loads registers, with zeroes for their values. */
  private void list(int dword, int[] registers) {
    int header =
        MI_LOAD_REGISTER_IMM
            | MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET
            | MI_LOAD_REGISTER_IMM_FORCE_POSTED
            | 2 * registers.length - 1;
    state(dword, header);
    for (int i = 0; i < registers.length; i++) {
      state(dword + 1 + 2 * i, engine.mmioBase() + registers[i]);
    }
  }

  private void state(int dword, int value) {
    function.writeMemory32(STATE + (long) dword * Integer.BYTES, value);
  }

  private static int descriptorLow() {
    return IMAGE
        | CONTEXT_DESCRIPTOR_VALID
        | CONTEXT_DESCRIPTOR_PRIVILEGE_ACCESS
        | CONTEXT_DESCRIPTOR_ADDRESSING_MODE_LEGACY_64_BIT;
  }

  private int descriptorHigh() {
    return engine.engineClass().hardwareClass() << CONTEXT_DESCRIPTOR_ENGINE_CLASS_SHIFT
        | engine.hardwareInstance() << CONTEXT_DESCRIPTOR_ENGINE_INSTANCE_SHIFT
        | 1 << CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_SHIFT;
  }
}
