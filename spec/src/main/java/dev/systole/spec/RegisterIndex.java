package dev.systole.spec;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The registers by what lies at an offset: one map for the device, one for each engine's block. */
final class RegisterIndex {
  /** Engines' blocks do not reach further than this from their base (i915-kernel.md 5.2). */
  private static final int BLOCK_BYTES = 0x1000;

  private static final int DWORD_BYTES = 4;

  private final Map<Integer, RegisterAt> device = new HashMap<>();
  private final Map<Engine, Map<Integer, RegisterAt>> blocks = new HashMap<>();

  RegisterIndex(Collection<RegisterSpec> registers) {
    for (Engine engine : Engine.values()) blocks.put(engine, new HashMap<>());
    for (RegisterSpec register : registers) {
      if (register.engines().isEmpty()) add(device, register, Optional.empty());
      for (Engine engine : Engine.values()) {
        if (!register.engines().contains(engine.engineClass())) continue;
        add(blocks.get(engine), register, Optional.of(engine));
      }
    }
  }

  Optional<RegisterAt> find(int mmioOffset) {
    RegisterAt found = device.get(mmioOffset);
    if (found != null) return Optional.of(found);
    for (Engine engine : Engine.values()) {
      int offset = mmioOffset - engine.mmioBase();
      if (offset < 0 || offset >= BLOCK_BYTES) continue;
      found = blocks.get(engine).get(offset);
      if (found != null) return Optional.of(found);
    }
    return Optional.empty();
  }

  /** Where two registers have one offset, the one that fewer classes of engines have is meant. */
  private static void add(
      Map<Integer, RegisterAt> map, RegisterSpec register, Optional<Engine> engine) {
    for (int row = 0; row < register.rows(); row++) {
      int first = register.offsetBytes() + row * register.rowStrideBytes();
      for (int index = 0; index < register.count(); index++) {
        for (int dword = 0; dword < register.lengthDwords(); dword++) {
          var at = new RegisterAt(register, engine, row, index, dword);
          int offset = first + index * register.strideBytes() + dword * DWORD_BYTES;
          map.merge(offset, at, RegisterIndex::moreSpecific);
        }
      }
    }
  }

  private static RegisterAt moreSpecific(RegisterAt one, RegisterAt other) {
    return other.spec().engines().size() < one.spec().engines().size() ? other : one;
  }
}
