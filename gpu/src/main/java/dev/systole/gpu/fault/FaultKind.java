package dev.systole.gpu.fault;

import static dev.systole.gpu.fault.FaultKey.*;

import dev.systole.gpu.fault.FaultTarget.Group;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be made to go wrong in the hardware (DESIGN part 6). */
public enum FaultKind {
  STOP(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "the engine stops at the command, for ever",
      "stop@bcs0:request=2,command=4"),
  LOOP(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "the place is overwritten with MI_ARB_ON_OFF off and an MI_BATCH_BUFFER_START to itself: "
          + "never preemptible",
      "loop@rcs0:request=3"),
  SPIN(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "the place is overwritten with MI_ARB_CHECK and a jump back to it: preemptible, so that"
          + " heartbeats get through",
      "spin@rcs0:request=2"),
  NO_PREEMPT(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "the engine ignores preemption from the command on, until it is reset",
      "no-preempt@rcs0:request=1"),
  SEMAPHORE(
      FaultOccasion.DEED,
      Group.ENGINE,
      "a semaphore's signal is lost: an MI_SEMAPHORE_WAIT that would end goes on waiting until the"
          + " engine is reset",
      "semaphore@rcs0:nth=2",
      ADDRESS),
  BAD_OPCODE(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "the command's header is corrupted: no engine knows it",
      "bad-opcode@rcs0:name=PIPE_CONTROL,nth=2"),
  PAGEFAULT(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "the page of the command, or of the address, becomes not present",
      "pagefault@rcs0:request=2"),
  IOMMU(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "the page of the command, or of the address, is taken from a bus address outside of the"
          + " IOMMU's domain and of memory",
      "iommu@rcs0:request=4"),
  LOST_IRQ(
      FaultOccasion.DEED,
      Group.ENGINE,
      "an interrupt of the engine does not arrive",
      "lost-irq@rcs0:nth=3"),
  LATE_IRQ(
      FaultOccasion.DEED,
      Group.ENGINE,
      "an interrupt of the engine arrives later, by 10 ms if no delay is given",
      "late-irq@rcs0:nth=3,delay=5ms",
      DELAY),
  SPURIOUS_IRQ(
      FaultOccasion.MOMENT,
      Group.ENGINE,
      "an interrupt without a cause: the engine's user interrupt or, without an engine, a message"
          + " with nothing behind it",
      "spurious-irq:time=2ms"),
  LOST_SEQNO(
      FaultOccasion.DEED,
      Group.ENGINE,
      "the write of a PIPE_CONTROL or MI_FLUSH_DW does not arrive in memory",
      "lost-seqno@rcs0:nth=4",
      ADDRESS),
  BAD_CONTEXT(
      FaultOccasion.DEED,
      Group.ENGINE,
      "the context image that was saved is corrupted: the next restore finds no command in it",
      "bad-context@rcs0:nth=2"),
  RESET_NOT_READY(
      FaultOccasion.DEED,
      Group.ENGINE,
      "RESET_CTL never becomes ready, for all requests if no number is given",
      "reset-not-ready@rcs0"),
  RESET_STUCK(
      FaultOccasion.DEED,
      Group.DEVICE,
      "GDRST never clears, for all resets if no number is given",
      "reset-stuck:nth=1,times=1"),
  BUS_GONE(
      FaultOccasion.MOMENT,
      Group.DEVICE,
      "the device falls off the bus: reads give 0xffffffff, nothing else gets through",
      "bus-gone:register=rcs0.RING_EXECLIST_CONTROL,nth=3"),
  SLOW(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "the engine is slower from the command on, by a factor of 10 if none is given",
      "slow@bcs0:factor=100",
      FACTOR),
  FORCEWAKE(
      FaultOccasion.DEED,
      Group.WELL,
      "a request of the well is not acknowledged",
      "forcewake@render:nth=2"),
  VBLANK_STUCK(
      FaultOccasion.MOMENT,
      Group.PIPE,
      "the pipe stands still: no vertical blank, no flip any more",
      "vblank-stuck@pipe-a:time=5ms"),
  ECC(
      FaultOccasion.COMMAND,
      Group.ENGINE,
      "a bit of the command, or of the dword at the address, is the other one; nothing reports it",
      "ecc@rcs0:request=2,bit=23",
      BIT);

  private final FaultOccasion occasion;
  private final Group target;
  private final String summary;
  private final String example;
  private final Set<FaultKey> keys;

  FaultKind(
      FaultOccasion occasion, Group target, String summary, String example, FaultKey... more) {
    this.occasion = occasion;
    this.target = target;
    this.summary = summary;
    this.example = example;
    var all = EnumSet.copyOf(occasion.keys());
    all.addAll(Arrays.asList(more));
    keys = Collections.unmodifiableSet(all);
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** When it can fire. */
  public FaultOccasion occasion() {
    return occasion;
  }

  /** What it hits; an engine, well or pipe need not be named: then it is the first that comes. */
  public Group target() {
    return target;
  }

  /** What the hardware does, in one line. */
  public String summary() {
    return summary;
  }

  /** A fault of this kind as one would write it. */
  public String example() {
    return example;
  }

  /** The places and options that it takes. */
  public Set<FaultKey> keys() {
    return keys;
  }

  /** How many occasions it takes when nobody says. */
  long timesByDefault() {
    return this == RESET_NOT_READY || this == RESET_STUCK ? ALL : 1;
  }

  /** Whether {@link FaultKey#ADDRESS} is what is hit, rather than where the command is. */
  public boolean hitsAddress() {
    return this == PAGEFAULT || this == IOMMU || this == ECC;
  }

  /** The kind of that name, if there is one. */
  public static Optional<FaultKind> byWord(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
