package dev.systole.gpu.pci;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;
import java.util.Arrays;

/**
 * Who looks after which register. Registers are memory: those that nobody claims keep what is
 * written.
 */
final class RegisterMap implements RegisterBlock {
  static final int BYTES = 8 << 20;

  private static final int PAGE_REGISTERS = Page.BYTES / Integer.BYTES;

  private final PagedMemory plain;

  /** By page and register; a page without a claim is null. */
  private final RegisterBlock[][] blocks = new RegisterBlock[BYTES >>> Page.SHIFT][];

  private boolean written;

  RegisterMap(PagedMemory plain) {
    this.plain = plain;
  }

  /** Gives the registers from {@code offset} on to {@code block}. */
  void claimRange(RegisterBlock block, int offset, int lengthBytes) {
    for (int at = offset; at < offset + lengthBytes; at += Integer.BYTES) {
      int page = at >>> Page.SHIFT;
      if (blocks[page] == null) blocks[page] = new RegisterBlock[PAGE_REGISTERS];
      blocks[page][(at & Page.OFFSET_MASK) >>> 2] = block;
    }
  }

  /** Gives single registers to {@code block}. */
  void claim(RegisterBlock block, int... offsets) {
    Arrays.stream(offsets).forEach(offset -> claimRange(block, offset, Integer.BYTES));
  }

  private RegisterBlock owner(int offset) {
    RegisterBlock[] page = blocks[offset >>> Page.SHIFT];
    return page == null ? null : page[(offset & Page.OFFSET_MASK) >>> 2];
  }

  @Override
  public int read(int offset) {
    if (offset < 0 || offset >= BYTES) return -1;
    RegisterBlock owner = owner(offset);
    return owner != null ? owner.read(offset) : plain.load32(offset);
  }

  @Override
  public void write(int offset, int value) {
    if (offset < 0 || offset >= BYTES) return;
    written = true;
    RegisterBlock owner = owner(offset);
    if (owner != null) owner.write(offset, value);
    else plain.store32(offset, value);
  }

  /** Something changed by itself that registers show. */
  void noteChange() {
    written = true;
  }

  /** Whether a register was written since this was asked last. */
  boolean takeWritten() {
    boolean was = written;
    written = false;
    return was;
  }
}
