package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.RING_RESET_CTL;
import static dev.systole.spec.gen12.RingRegisters.RING_RESET_CTL_CATASTROPHIC_ERROR;

import dev.systole.gpu.engine.CommandStreamer;
import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.DeviceMemory;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PageFaults;
import dev.systole.gpu.memory.PageTableLayout;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;

/**
 * What engines translate addresses with: their address spaces, TLB invalidation, fault registers.
 */
final class TranslationControl implements RegisterBlock {
  private final Platform platform;
  private final DeviceMemory memory;
  private final PagedMemory registers;
  private final List<CommandStreamer> engines;
  private final List<AddressSpace> spaces = new ArrayList<>();

  /**
   * @param engines in the order in which spaces are added for them
   */
  TranslationControl(
      Platform platform,
      DeviceMemory memory,
      PagedMemory registers,
      List<CommandStreamer> engines) {
    this.platform = platform;
    this.memory = memory;
    this.registers = registers;
    this.engines = engines;
  }

  /** A new address space, for the engine that will be the next one. */
  AddressSpace addSpace() {
    PageTableLayout layout =
        switch (platform.architecture()) {
          case XE_LP -> PageTableLayout.EVERY_SIXTEENTH;
          case XE_HPG -> PageTableLayout.COMPACT;
        };
    var space = new AddressSpace(memory, layout, faultsOf(spaces.size()));
    spaces.add(space);
    return space;
  }

  private PageFaults faultsOf(int engine) {
    return new PageFaults() {
      @Override
      public boolean pageFault(long address, boolean inGgtt, int level) {
        return TranslationControl.this.pageFault(engines.get(engine), address, inGgtt, level);
      }

      @Override
      public void auxFault(int level) {
        TranslationControl.this.auxFault(engines.get(engine).engine(), level);
      }
    };
  }

  /** Those that were added, in their order. */
  List<AddressSpace> spaces() {
    return spaces;
  }

  /** The registers that are this part's. */
  static int[] claimed() {
    return new int[] {
      GFX_FLSH_CNTL,
      GFX_TLB_INV_CR,
      VD_TLB_INV_CR,
      VE_TLB_INV_CR,
      BLT_TLB_INV_CR,
      COMPCTX_TLB_INV_CR,
      GFX_CCS_AUX_INV,
      VD0_CCS_AUX_INV,
      VE0_CCS_AUX_INV,
      BCS0_CCS_AUX_INV,
      VD2_CCS_AUX_INV,
      CCS0_CCS_AUX_INV
    };
  }

  /** Invalidation is done at once: the bit that asks for it has cleared itself. */
  @Override
  public int read(int offset) {
    return 0;
  }

  @Override
  public void write(int offset, int value) {
    switch (offset) {
      case GFX_FLSH_CNTL -> {
        spaces.forEach(AddressSpace::invalidateGgtt);
        engines.forEach(CommandStreamer::wake);
      }
      case GFX_TLB_INV_CR -> invalidate(EngineClass.RENDER, value);
      case VD_TLB_INV_CR -> invalidate(EngineClass.VIDEO, masked(value));
      case VE_TLB_INV_CR -> invalidate(EngineClass.VIDEO_ENHANCE, masked(value));
      case BLT_TLB_INV_CR -> invalidate(EngineClass.COPY, value);
      case COMPCTX_TLB_INV_CR -> invalidate(EngineClass.COMPUTE, masked(value));
      case GFX_CCS_AUX_INV -> invalidateAux(Engine.RCS0, value);
      case VD0_CCS_AUX_INV -> invalidateAux(Engine.VCS0, value);
      case VD2_CCS_AUX_INV -> invalidateAux(Engine.VCS1, value);
      case VE0_CCS_AUX_INV -> invalidateAux(Engine.VECS0, value);
      case BCS0_CCS_AUX_INV -> invalidateAux(Engine.BCS0, value);
      case CCS0_CCS_AUX_INV -> invalidateAux(Engine.CCS0, value);
      default -> throw new IllegalArgumentException("register " + offset);
    }
  }

  private void invalidateAux(Engine engine, int value) {
    if ((value & GFX_CCS_AUX_INV_INVALIDATE) == 0) return;
    for (int i = 0; i < spaces.size(); i++) {
      if (engines.get(i).engine() == engine) spaces.get(i).invalidateAux();
    }
  }

  /** The remapping unit was told something: what is reached through it may be elsewhere now. */
  void remappingChanged() {
    spaces.forEach(AddressSpace::forgetPages);
    engines.forEach(CommandStreamer::wake);
  }

  private static int masked(int value) {
    return value & value >>> 16;
  }

  /** An engine that waits for memory looks again, as its polling would. */
  private void invalidate(EngineClass engineClass, int instances) {
    for (int i = 0; i < spaces.size(); i++) {
      Engine engine = engines.get(i).engine();
      if (engine.engineClass() != engineClass) continue;
      if ((instances & 1 << engine.hardwareInstance()) == 0) continue;
      spaces.get(i).invalidate();
      engines.get(i).wake();
    }
  }

  /**
   * The first fault is kept until software clears it (i915-kernel.md 6.3). Where it stops the
   * engine, its next reset has to know.
   */
  private boolean pageFault(CommandStreamer streamer, long address, boolean inGgtt, int level) {
    if ((registers.load32(FAULT_REG) & FAULT_REG_VALID) == 0) {
      record(streamer.engine(), address, inGgtt, level);
    }
    if (platform.faulting()) {
      streamer.state().pageFaulted();
      int control = streamer.engine().mmioBase() + RING_RESET_CTL;
      registers.store32(control, registers.load32(control) | RING_RESET_CTL_CATASTROPHIC_ERROR);
    }
    return platform.faulting();
  }

  private void record(Engine of, long address, boolean inGgtt, int level) {
    int engine = faultId(of) << FAULT_REG_ENGINE_ID_SHIFT;
    int type = level << FAULT_REG_FAULT_TYPE_SHIFT;
    registers.store32(FAULT_REG, FAULT_REG_VALID | type | engine);
    registers.store32(FAULT_TLB_DATA0, (int) (address >>> Page.SHIFT));
    int high = (int) (address >>> 44) & FAULT_TLB_DATA1_VIRTUAL_ADDRESS_47_TO_44_MASK;
    registers.store32(FAULT_TLB_DATA1, high | (inGgtt ? FAULT_TLB_DATA1_ADDRESS_SPACE_GGTT : 0));
  }

  /** The first error is kept until software clears it; the access goes on, uncompressed. */
  private void auxFault(Engine engine, int level) {
    if ((registers.load32(AUX_ERR_DBG) & AUX_ERR_DBG_VALID) != 0) return;
    int id = faultId(engine) << AUX_ERR_DBG_ENGINE_ID_SHIFT;
    registers.store32(AUX_ERR_DBG, AUX_ERR_DBG_VALID | level << AUX_ERR_DBG_LEVEL_SHIFT | id);
  }

  /** The numbers of gen8; of Gen12's only 0 is known (i915-kernel.md 6.3). */
  private static int faultId(Engine engine) {
    return switch (engine) {
      case RCS0, CCS0 -> 0;
      case VCS0 -> 1;
      case VCS1 -> 2;
      case VECS0 -> 3;
      case BCS0 -> 4;
    };
  }
}
