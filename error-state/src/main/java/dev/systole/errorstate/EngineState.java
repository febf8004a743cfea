package dev.systole.errorstate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * One engine in an error state (i915: i915_gpu_error.c: error_print_engine).
 *
 * @param name the kernel's name, {@code rcs0}; before 4.15 {@code render}, {@code bsd}, {@code blt}
 * @param registers by their name in the dump; ACTHD, BBADDR, FADDR and PDPn are 64 bits
 * @param request where the hung request lies in the ring, when there is one
 * @param batch addresses of the batch, when one was captured
 * @param ports what stood in the submission ports
 * @param hung whether the kernel held this engine for hung; of a file that ends before it says so,
 *     whether the hang message blames its class
 * @param resetCount resets of its class so far (before 6.5: of this engine)
 * @param context the context that ran
 * @param timelineSeqno seqno last completed on that context's timeline, unsigned 32 bits
 * @param objects what was captured for it, in the order of the dump
 */
public record EngineState(
    String name,
    Registers registers,
    Optional<RequestOffsets> request,
    Optional<AddressRange> batch,
    List<ElspEntry> ports,
    boolean hung,
    OptionalInt resetCount,
    Optional<ActiveContext> context,
    OptionalLong timelineSeqno,
    List<CapturedObject> objects) {

  public EngineState {
    ports = List.copyOf(ports);
    objects = List.copyOf(objects);
  }

  public Optional<EngineClass> engineClass() {
    return EngineClass.ofEngine(name);
  }

  /** The value of a register by its name in the dump, {@code ACTHD}. */
  public OptionalLong register(String registerName) {
    return registers.get(registerName);
  }

  /** The first object of that name, {@code batch}. */
  public Optional<CapturedObject> object(String objectName) {
    return objects.stream().filter(object -> object.name().equals(objectName)).findFirst();
  }

  /** The first object that holds the byte at that address. */
  public Optional<CapturedObject> objectAt(long gpuAddress) {
    return objects.stream().filter(object -> object.contains(gpuAddress)).findFirst();
  }

  /** Starts the description of an engine of which nothing is known yet. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Collects what is known of an engine, in any order. */
  public static final class Builder {
    private final String name;
    private final SequencedMap<String, Long> registers = new LinkedHashMap<>();
    private final List<ElspEntry> ports = new ArrayList<>();
    private final List<CapturedObject> objects = new ArrayList<>();
    private Optional<RequestOffsets> request = Optional.empty();
    private Optional<AddressRange> batch = Optional.empty();
    private boolean hung;
    private OptionalInt resetCount = OptionalInt.empty();
    private Optional<ActiveContext> context = Optional.empty();
    private OptionalLong timelineSeqno = OptionalLong.empty();

    private Builder(String name) {
      this.name = name;
    }

    public Builder register(String registerName, long value) {
      registers.put(registerName, value);
      return this;
    }

    public Builder request(RequestOffsets offsets) {
      request = Optional.of(offsets);
      return this;
    }

    public Builder batch(AddressRange range) {
      batch = Optional.of(range);
      return this;
    }

    public Builder port(ElspEntry entry) {
      ports.add(entry);
      return this;
    }

    public Builder hung(boolean isHung) {
      hung = isHung;
      return this;
    }

    public Builder resetCount(int count) {
      resetCount = OptionalInt.of(count);
      return this;
    }

    public Builder context(ActiveContext activeContext) {
      context = Optional.of(activeContext);
      return this;
    }

    public Builder timelineSeqno(long seqno) {
      timelineSeqno = OptionalLong.of(seqno);
      return this;
    }

    public Builder object(CapturedObject object) {
      objects.add(object);
      return this;
    }

    public EngineState build() {
      return new EngineState(
          name,
          new Registers(registers),
          request,
          batch,
          ports,
          hung,
          resetCount,
          context,
          timelineSeqno,
          objects);
    }
  }
}
