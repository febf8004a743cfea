package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.OTHER_CONTEXT_STATE_RING_PDP0_LDW_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.OTHER_CONTEXT_STATE_RING_PDP0_UDW_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.OTHER_CONTEXT_STATE_RING_TAIL_DWORD;

import dev.systole.gpu.command.BlitSetup;
import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.MiRegister;
import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.platform.Architecture;
import dev.systole.spec.EngineClass;

/**
 * Saves and restores contexts in the image that software made for them. Behind the documented
 * registers, at {@link #PRIVATE_DWORD} of the register page, lies what hardware keeps for itself:
 * the open batches, predicates, counts and how much of a long command is done, which are used only
 * while RING_HEAD is what the hardware saved: software that moves HEAD, as a driver does after a
 * reset, starts from the ring. Behind them copy engines keep their 2D state.
 */
final class ContextImage {
  private static final int PRIVATE_DWORD = 0x3e0;
  private static final int PRIVATE_BATCH_DWORD = PRIVATE_DWORD + 8;
  private static final int RENDER_STATE_DWORD = 0x400;
  private static final int MEDIA_STATE_DWORD = 0x100;
  private static final int BATCH_LEVELS = 3;
  private static final int PRIVATE_BLIT_DWORD = PRIVATE_BATCH_DWORD + 2 * (BATCH_LEVELS + 1);
  private static final int PRIVATE_TILING_DWORD = PRIVATE_BLIT_DWORD + BlitSetup.DWORDS;
  private static final int[] PAGE_TABLE_ROOT_DWORDS = {
    OTHER_CONTEXT_STATE_RING_PDP0_UDW_DWORD, OTHER_CONTEXT_STATE_RING_PDP0_LDW_DWORD
  };
  private static final int GGTT_FLAG = 1 << 31;
  private static final int MASK_HALF = 0xffff0000;
  private static final int OPCODE_MASK = 0xff800000;
  private static final int LENGTH_MASK = 0xff;

  private final EngineState state;
  private final EngineRegisters registers;
  private final AddressSpace memory;
  private final ContextLayout layout;
  private final boolean copies;

  ContextImage(EngineState state, EngineRegisters registers, Architecture architecture) {
    this.state = state;
    this.registers = registers;
    memory = state.memory();
    layout = ContextLayout.of(state.engine().engineClass(), architecture);
    copies = state.engine().engineClass() == EngineClass.COPY;
  }

  /**
   * Writes the running context to the image at GGTT address {@code image}, all but TAIL: software
   * may have moved it there for the next time.
   */
  void save(int image) {
    registers.publish();
    boolean inhibited =
        (registers.value(RING_CONTEXT_CONTROL) & RING_CONTEXT_CONTROL_SAVE_INHIBIT) != 0;
    int dword = 0;
    for (ContextLayout.RegisterList list : layout.lists()) {
      if (inhibited && list.dword() >= ContextLayout.INHIBITED_DWORD) break;
      while (dword < list.dword()) store(image, dword++, MI_NOOP);
      saveList(image, list);
      dword = list.endDword();
    }
    savePrivate(image);
    if (!inhibited) state.lastState().store(memory, address(image, stateDword()));
    if (copies && !inhibited) saveBlitter(image);
  }

  private void saveList(int image, ContextLayout.RegisterList list) {
    store(image, list.dword(), list.header());
    int dword = list.dword() + 1;
    for (int register : list.registers()) {
      store(image, dword, state.engine().mmioBase() + register);
      if (register != RING_TAIL) store(image, dword + 1, saved(register));
      dword += 2;
    }
  }

  /**
   * What the image gets: a masked register with its whole mask, so that a restore sets all bits.
   */
  private int saved(int register) {
    int value = registers.value(register);
    return switch (register) {
      case RING_CONTEXT_CONTROL -> MASK_HALF | value & ~RING_CONTEXT_CONTROL_RESTORE_INHIBIT;
      case RING_MI_MODE -> MASK_HALF | value & ~RING_MI_MODE_MODE_IDLE;
      case RING_CTL -> state.position().ringControl();
      default -> registers.isMasked(register) ? MASK_HALF | value : value;
    };
  }

  /** A fault: the image begins with something that is no command. */
  void corrupt(int image) {
    store(image, layout.lists().getFirst().dword(), -1);
  }

  private void savePrivate(int image) {
    store(image, PRIVATE_DWORD, state.position().batchLevel());
    store(image, PRIVATE_DWORD + 1, state.position().head());
    store(image, PRIVATE_DWORD + 2, state.predication().get());
    store(image, PRIVATE_DWORD + 3, state.count().ordinal());
    store(image, PRIVATE_DWORD + 4, state.count().commandsInBatch());
    store(image, PRIVATE_DWORD + 5, (int) state.job().done());
    store(image, PRIVATE_DWORD + 6, (int) (state.job().done() >>> 32));
    for (int level = 1; level <= state.position().batchLevel(); level++) {
      long address = state.position().batchAddress(level);
      int dword = PRIVATE_BATCH_DWORD + 2 * level;
      store(image, dword, (int) address);
      int flag = state.position().batchInGgtt(level) ? GGTT_FLAG : 0;
      store(image, dword + 1, (int) (address >>> 32) | flag);
    }
  }

  private void saveBlitter(int image) {
    for (int i = 0; i < BlitSetup.DWORDS; i++) {
      store(image, PRIVATE_BLIT_DWORD + i, state.blitSetup().dword(i));
    }
    store(image, PRIVATE_TILING_DWORD, registers.value(BCS_SWCTRL));
  }

  private void restoreBlitter(int image) {
    for (int i = 0; i < BlitSetup.DWORDS; i++) {
      state.blitSetup().setDword(i, load(image, PRIVATE_BLIT_DWORD + i));
    }
    registers.write(BCS_SWCTRL, MASK_HALF | load(image, PRIVATE_TILING_DWORD));
  }

  /** Whether the image at GGTT address {@code image} is in memory. */
  boolean isReachable(int image) {
    return memory.isMapped(image & 0xffffffffL, true) && memory.isMapped(address(image, 0), true);
  }

  /**
   * Loads the context from the image at GGTT address {@code image}.
   *
   * @return whether the image was one; if not, IPEHR shows what stood there instead of a command
   */
  boolean restore(int image) {
    state.leaveContext();
    state.statusPages().setContext(image);
    if (!restoreRegisters(image)) return false;
    loadPageTables();
    if (copies && !restoreInhibited()) restoreBlitter(image);
    state
        .position()
        .startRing(
            registers.value(RING_START),
            registers.value(RING_HEAD),
            registers.value(RING_TAIL),
            registers.value(RING_CTL));
    if (restoreInhibited()) state.lastState().clear();
    else state.lastState().load(memory, address(image, stateDword()));
    if (load(image, PRIVATE_DWORD + 1) == state.position().head()) restorePrivate(image);
    return true;
  }

  private boolean restoreRegisters(int image) {
    for (int dword = 0; dword < layout.endDword(); ) {
      if (dword >= ContextLayout.INHIBITED_DWORD && restoreInhibited()) return true;
      int header = load(image, dword);
      int pairs = ((header & LENGTH_MASK) + 1) / 2;
      switch (header & OPCODE_MASK) {
        case MI_NOOP -> dword++;
        case MI_LOAD_REGISTER_IMM -> {
          boolean addBase = (header & MI_LOAD_REGISTER_IMM_ADD_CS_MMIO_START_OFFSET) != 0;
          for (int i = 0; i < pairs; i++) {
            int at = dword + 1 + 2 * i;
            int register = MiRegister.offset(state, load(image, at), addBase);
            registers.restore(register, load(image, at + 1));
          }
          dword += 1 + 2 * pairs;
        }
        case MI_BATCH_BUFFER_END -> {
          return true;
        }
        default -> {
          state.setIpehr(header);
          return false;
        }
      }
    }
    return true;
  }

  private boolean restoreInhibited() {
    return (registers.value(RING_CONTEXT_CONTROL) & RING_CONTEXT_CONTROL_RESTORE_INHIBIT) != 0;
  }

  private void loadPageTables() {
    long low = registers.value(RING_PDP_LDW) & 0xffffffffL;
    memory.load(low | (long) registers.value(RING_PDP_UDW) << 32);
  }

  private void restorePrivate(int image) {
    state.predication().set(load(image, PRIVATE_DWORD + 2));
    int levels = load(image, PRIVATE_DWORD);
    if (levels < 1 || levels > BATCH_LEVELS) return;
    state.count().resume(load(image, PRIVATE_DWORD + 3), load(image, PRIVATE_DWORD + 4));
    for (int level = 1; level <= levels; level++) {
      int dword = PRIVATE_BATCH_DWORD + 2 * level;
      int high = load(image, dword + 1);
      long address = load(image, dword) & 0xffffffffL | (long) (high & ~GGTT_FLAG) << 32;
      state.position().call(address, (high & GGTT_FLAG) != 0);
    }
    long done = load(image, PRIVATE_DWORD + 5) & 0xffffffffL;
    done |= (long) load(image, PRIVATE_DWORD + 6) << 32;
    state.job().resume(state.position().address(), done);
  }

  /**
   * Where the 3D, GPGPU and media state lies; its real layout is not public. Contexts with render
   * state have pages for it behind that of the registers, others the end of that page.
   */
  private int stateDword() {
    return switch (state.engine().engineClass()) {
      case RENDER, COMPUTE -> RENDER_STATE_DWORD;
      case VIDEO, VIDEO_ENHANCE, COPY -> MEDIA_STATE_DWORD;
    };
  }

  /** Loads the roots of the page tables again. */
  void reloadPageTables(int image) {
    for (int dword : PAGE_TABLE_ROOT_DWORDS) {
      int register = MiRegister.offset(state, load(image, dword - 1), true);
      registers.restore(register, load(image, dword));
    }
    loadPageTables();
  }

  /** Reads TAIL again, which software moved while the context ran (a lite restore). */
  void reloadTail(int image) {
    state.position().setTail(load(image, OTHER_CONTEXT_STATE_RING_TAIL_DWORD));
  }

  private int load(int image, int dword) {
    return memory.load32(address(image, dword), true);
  }

  private void store(int image, int dword, int value) {
    memory.store32(address(image, dword), true, value);
  }

  /** The registers are on the second page of the image. */
  private static long address(int image, int dword) {
    return (image & 0xffffffffL) + Page.BYTES + dword * 4L;
  }
}
