package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PageFaults;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * What engines translate addresses with: their address spaces, TLB invalidation, fault registers.
 */
final class TranslationControl implements RegisterBlock {
  /** In the fault register the copy engine has gen8's number; of Gen12's only 0 is known (6.3). */
  private static final int COPY_ENGINE_FAULT_ID = 4;

  private final PagedMemory memory;
  private final PagedMemory ggtt;
  private final PagedMemory registers;
  private final List<AddressSpace> spaces = new ArrayList<>();

  TranslationControl(PagedMemory memory, PagedMemory ggtt, PagedMemory registers) {
    this.memory = memory;
    this.ggtt = ggtt;
    this.registers = registers;
  }

  /** A new address space, for {@code engine}. */
  AddressSpace addSpace(Engine engine) {
    PageFaults faults = (address, inGgtt, level) -> pageFault(engine, address, inGgtt, level);
    var space = new AddressSpace(memory, ggtt, faults);
    spaces.add(space);
    return space;
  }

  /** Those that were added, in their order. */
  List<AddressSpace> spaces() {
    return spaces;
  }

  /** The registers that are this part's. */
  static int[] claimed() {
    return new int[] {
      GFX_FLSH_CNTL,
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
    if (offset == GFX_FLSH_CNTL) spaces.forEach(AddressSpace::invalidate);
  }

  /** The first fault is kept until software clears it (i915-kernel.md 6.3). */
  private void pageFault(Engine engine, long address, boolean inGgtt, int level) {
    if ((registers.load32(FAULT_REG) & FAULT_REG_VALID) != 0) return;
    int id = engine == Engine.BCS0 ? COPY_ENGINE_FAULT_ID : 0;
    registers.store32(
        FAULT_REG,
        FAULT_REG_VALID | level << FAULT_REG_FAULT_TYPE_SHIFT | id << FAULT_REG_ENGINE_ID_SHIFT);
    registers.store32(FAULT_TLB_DATA0, (int) (address >>> Page.SHIFT));
    int high = (int) (address >>> 44) & FAULT_TLB_DATA1_VIRTUAL_ADDRESS_47_TO_44_MASK;
    registers.store32(FAULT_TLB_DATA1, high | (inGgtt ? FAULT_TLB_DATA1_ADDRESS_SPACE_GGTT : 0));
  }
}
