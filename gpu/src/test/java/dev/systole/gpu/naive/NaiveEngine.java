package dev.systole.gpu.naive;

import dev.systole.gpu.naive.NaiveMemory.Space;
import dev.systole.spec.Engine;

/**
 * Executes a context's ring on one engine, command by command, as gen12-commands.md says. Nothing
 * takes time: a wait that is not satisfied at once is {@link Stuck}.
 */
public final class NaiveEngine {
  /** The commands have no end that this engine could reach. */
  public static final class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stuck(String message) {
      super(message);
    }
  }

  private static final int COMMANDS_MAX = 100_000;
  private static final int RING = 0;
  private static final int NESTED_BATCHES = 1 << 12;

  private final NaiveMemory memory;
  private final int image;
  private final int statusPage;
  private final NaiveRegisters registers;
  private final NaiveBlitter blitter;

  /** Where the ring (level 0) and each level of batches have come to. */
  private final long[] place = new long[4];

  /** Levels whose commands come from the GGTT: these are trusted. */
  private final boolean[] trusted = {true, false, false, false};

  private int level;
  private Space ppgtt;
  private int predicateMode;
  private boolean predicate;

  /**
   * An engine after power-on.
   *
   * @param image GGTT address of the context's image
   * @param statusPage GGTT address of the engine's status page
   */
  public NaiveEngine(NaiveMemory memory, Engine engine, int image, int statusPage) {
    this.memory = memory;
    this.image = image;
    this.statusPage = statusPage;
    registers = new NaiveRegisters(engine);
    blitter = new NaiveBlitter(memory, registers);
  }

  /** What a register holds. */
  public int register(int offset) {
    return registers.get(offset);
  }

  /** Executes the ring up to {@code tail}; how to get at the rest stands in the image. */
  public void run(int tail) {
    ppgtt = memory.ppgtt(state(0x33) & 0xffffffffL | (long) state(0x31) << 32);
    int start = state(0x09);
    int size = (state(0x0b) & 0x1f_f000) + 0x1000;
    Space ring = address -> memory.ggtt().translate(start + address % size);
    for (int left = COMMANDS_MAX; level > 0 || place[RING] % size != tail; left--) {
      if (left == 0) throw new Stuck("loops");
      Space commands = level == 0 ? ring : trusted[level] ? memory.ggtt() : ppgtt;
      execute(new NaiveCommand(memory, commands, place[level]));
    }
  }

  private int state(int dword) {
    return memory.load32(memory.ggtt(), image + 0x1000L + 4L * dword);
  }

  private void execute(NaiveCommand command) {
    place[level] += 4L * command.length();
    int header = command.dword(0);
    boolean setPredicate = header >>> 23 == 0x01;
    if (skips() && !setPredicate) return;
    switch (header >>> 29) {
      case 0 -> executeMi(command, header >>> 23);
      case 2 -> blitter.execute(command, ppgtt);
      default -> {
        if (header >>> 16 == 0x7a00) pipeControl(command);
      }
    }
  }

  private void executeMi(NaiveCommand command, int opcode) {
    int header = command.dword(0);
    switch (opcode) {
      case 0x00 -> {
        if (command.bit(22)) registers.setOwn(0x94, header & 0x3f_ffff);
      }
      case 0x01 -> predicateMode = header & 15;
      case 0x0a -> endBatch(command);
      case 0x0c -> predicate(header);
      case 0x1a -> NaiveArithmetic.math(registers, command.length() - 1, i -> command.dword(1 + i));
      case 0x1c -> semaphoreWait(command);
      case 0x20 -> storeDataImm(command);
      case 0x21 -> storeDataIndex(command);
      case 0x22 -> loadRegisterImm(command);
      case 0x23 -> updateGtt(command);
      case 0x24 -> storeRegisterMem(command);
      case 0x26 -> flushDw(command);
      case 0x29 -> loadRegisterMem(command);
      case 0x2a -> loadRegisterReg(command);
      case 0x2e -> copyMemMem(command);
      case 0x2f -> atomic(command);
      case 0x31 -> startBatch(command);
      case 0x36 -> conditionalEnd(command);
      default -> {
        // arbitration, interrupts, hints: nothing that stays
      }
    }
  }

  // ---- batches (1.6)

  private void startBatch(NaiveCommand command) {
    boolean call = command.bit(22) && level > RING;
    boolean nested = (registers.own(0x9c) & NESTED_BATCHES) != 0;
    boolean fromGgtt = trusted[level] && !command.bit(8);
    if (level == RING) level = 1;
    else if (call && (nested || level == 1)) level++;
    place[level] = command.address(1) & ~3L;
    trusted[level] = fromGgtt;
  }

  private void endBatch(NaiveCommand command) {
    boolean predicated = command.bit(15);
    if (level > RING && !(predicated && (registers.own(0x3b8) & 1) != 0)) level--;
  }

  private void conditionalEnd(NaiveCommand command) {
    if (!allowed(command.bit(22))) return;
    Space space = space(command.bit(22));
    long address = command.address(2) & ~7L;
    int value = memory.load32(space, address);
    if (command.bit(19)) value &= memory.load32(space, address + 4);
    int operation = command.dword(0) >>> 12 & 7;
    if (NaiveArithmetic.compares(operation, value, command.dword(1))) return;
    level = command.bit(18) ? level - 1 : RING;
  }

  // ---- predicates

  /** Each command looks at the registers as they are now. */
  private boolean skips() {
    boolean result = (registers.own(0x418) & 1) != 0;
    boolean second = (registers.own(0x3bc) & 1) != 0;
    return switch (predicateMode) {
      case 1 -> !second;
      case 2 -> second;
      case 3 -> !result;
      case 4 -> result;
      case 15 -> true;
      default -> false;
    };
  }

  private void predicate(int header) {
    long first = registers.own64(0x400);
    long second = registers.own64(0x408);
    boolean compared =
        switch (header & 3) {
          case 0 -> true;
          case 1 -> false;
          case 2 -> first == second;
          default -> first - second == registers.own64(0x410);
        };
    predicate =
        switch (header >>> 3 & 3) {
          case 0 -> compared;
          case 1 -> predicate & compared;
          case 2 -> predicate | compared;
          default -> predicate ^ compared;
        };
    int load = header >>> 6 & 3;
    if (load == 2) registers.setOwn(0x418, predicate ? 1 : 0);
    if (load == 3) registers.setOwn(0x418, predicate ? 0 : 1);
  }

  // ---- memory

  /** A batch of a user that reaches for the GGTT is ignored (1.5). */
  private boolean allowed(boolean wantsGgtt) {
    return !wantsGgtt || trusted[level];
  }

  private Space space(boolean wantsGgtt) {
    return wantsGgtt ? memory.ggtt() : ppgtt;
  }

  private void semaphoreWait(NaiveCommand command) {
    if (!allowed(command.bit(22))) return;
    int value =
        command.bit(16)
            ? registers.get(command.dword(2))
            : memory.load32(space(command.bit(22)), command.address(2) & ~3L);
    if (!NaiveArithmetic.compares(command.dword(0) >>> 12 & 7, value, command.dword(1))) {
      throw new Stuck("waits");
    }
  }

  private void storeDataImm(NaiveCommand command) {
    if (!allowed(command.bit(22))) return;
    for (int i = 3; i < command.length(); i++) {
      long address = (command.address(1) & ~3L) + 4L * (i - 3);
      memory.store(space(command.bit(22)), address, 4, command.dword(i));
    }
  }

  private void storeDataIndex(NaiveCommand command) {
    int page = command.bit(21) ? image : statusPage;
    for (int i = 2; i < command.length(); i++) {
      long address = page + (command.dword(1) & 0xffc) + 4L * (i - 2);
      memory.store(memory.ggtt(), address, 4, command.dword(i));
    }
  }

  private void updateGtt(NaiveCommand command) {
    if (!trusted[level]) return;
    int page = command.dword(1) >>> 12;
    for (int i = 2; i + 1 < command.length(); i += 2) {
      memory.setGgtt(page++, command.address(i));
    }
  }

  private void copyMemMem(NaiveCommand command) {
    if (!allowed(command.bit(22)) || !allowed(command.bit(21))) return;
    int value = memory.load32(space(command.bit(22)), command.address(3) & ~3L);
    memory.store(space(command.bit(21)), command.address(1) & ~3L, 4, value);
  }

  private void atomic(NaiveCommand command) {
    if (!allowed(command.bit(22))) return;
    Space space = space(command.bit(22));
    int opcode = command.dword(0) >>> 8 & 0xff;
    int size = 4 << (command.dword(0) >>> 19 & 3);
    long address = command.address(1) & -size;
    boolean inline = command.bit(18);
    long first = inline ? interleaved(command, 3) : registers.gpr(0);
    long second = inline ? interleaved(command, 4) : registers.gpr(2);
    long old = memory.load(space, address, Math.min(size, 8));
    if (size == 16) {
      long oldHigh = memory.load(space, address + 8, 8);
      long firstHigh = inline ? interleaved(command, 7) : registers.gpr(1);
      if (old == first && oldHigh == firstHigh) {
        memory.store(space, address, 8, second);
        memory.store(space, address + 8, 8, inline ? interleaved(command, 8) : registers.gpr(3));
      }
      if (command.bit(16)) registers.setGpr(4, old);
      if (command.bit(16)) registers.setGpr(5, oldHigh);
      return;
    }
    var result = NaiveArithmetic.atomic(opcode, 8 * size, old, first, second);
    memory.store(space, address, size, result.memory());
    if (!command.bit(16)) return;
    registers.setGpr(4, size == 8 ? result.returned() : result.returned() & 0xffffffffL);
  }

  /** The parts of inline operands take turns. */
  private static long interleaved(NaiveCommand command, int index) {
    return command.dword(index) & 0xffffffffL | (long) command.dword(index + 2) << 32;
  }

  // ---- registers

  private int offset(NaiveCommand command, int index, boolean addBase) {
    int offset = command.dword(index) & 0x7f_fffc;
    return addBase ? offset + registers.base() : offset;
  }

  private void write(int offset, int value) {
    if (trusted[level] || registers.userMayWrite(offset)) registers.write(offset, value);
  }

  private void loadRegisterImm(NaiveCommand command) {
    int disabled = command.dword(0) >>> 8 & 15;
    for (int i = 1; i + 1 < command.length(); i += 2) {
      int offset = offset(command, i, command.bit(19));
      int kept = 0;
      for (int lane = 0; lane < 4; lane++) {
        if ((disabled & 1 << lane) != 0) kept |= 0xff << 8 * lane;
      }
      write(offset, registers.get(offset) & kept | command.dword(i + 1) & ~kept);
    }
  }

  private void loadRegisterMem(NaiveCommand command) {
    if (!allowed(command.bit(22))) return;
    int value = memory.load32(space(command.bit(22)), command.address(2) & ~3L);
    write(offset(command, 1, command.bit(19)), value);
  }

  private void storeRegisterMem(NaiveCommand command) {
    if (!allowed(command.bit(22))) return;
    if (command.bit(21) && (registers.own(0x418) & 1) == 0) return;
    int value = registers.get(offset(command, 1, command.bit(19)));
    memory.store(space(command.bit(22)), command.address(2) & ~3L, 4, value);
  }

  private void loadRegisterReg(NaiveCommand command) {
    int value = registers.get(offset(command, 1, command.bit(18)));
    write(offset(command, 2, command.bit(19)), value);
  }

  // ---- flushes and their writes

  private void flushDw(NaiveCommand command) {
    int operation = command.dword(0) >>> 14 & 3;
    boolean wantsGgtt = (command.dword(1) & 4) != 0;
    if (operation != 1 || !allowed(wantsGgtt || command.bit(21))) return;
    int size = command.length() == 5 ? 8 : 4;
    long value = command.address(3);
    if (command.bit(21)) {
      memory.store(memory.ggtt(), image + (command.dword(1) & 0xff8), size, value);
    } else {
      memory.store(space(wantsGgtt), command.address(1) & ~7L, size, value);
    }
  }

  private void pipeControl(NaiveCommand command) {
    int flags = command.dword(1);
    boolean wantsGgtt = (flags & 1 << 24) != 0;
    boolean toRegister = (flags & 1 << 23) != 0;
    boolean index = (flags & 1 << 21) != 0;
    if (!allowed(wantsGgtt || index) || toRegister && !trusted[level]) return;
    if (toRegister) {
      registers.write(command.dword(2) & 0x7f_fffc, command.dword(4));
      return;
    }
    int operation = flags >>> 14 & 3;
    if (operation != 1 && operation != 2) return;
    long value = operation == 1 ? command.address(4) : registers.own64(0x350);
    if (index) {
      memory.store(memory.ggtt(), image + (command.dword(2) & 0xff8), 8, value);
    } else {
      memory.store(space(wantsGgtt), command.address(2) & ~3L, 8, value);
    }
  }
}
