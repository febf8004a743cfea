package dev.systole.driver.core.request;

import static dev.systole.spec.gen12.MiCommands.MI_ARB_CHECK;
import static dev.systole.spec.gen12.MiCommands.MI_ARB_CHECK_PRE_PARSER_DISABLE;
import static dev.systole.spec.gen12.MiCommands.MI_ARB_CHECK_PRE_PARSER_DISABLE_MASK;
import static dev.systole.spec.gen12.MiCommands.MI_ARB_ON_OFF;
import static dev.systole.spec.gen12.MiCommands.MI_ARB_ON_OFF_ARBITRATION_ENABLE;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT;
import static dev.systole.spec.gen12.MiCommands.MI_BATCH_BUFFER_START_LENGTH_DWORDS;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_IMM;
import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_IMM_MMIO_REMAP_ENABLE;
import static dev.systole.spec.gen12.MiCommands.MI_NOOP;
import static dev.systole.spec.gen12.MiCommands.MI_SEMAPHORE_WAIT;
import static dev.systole.spec.gen12.MiCommands.MI_SEMAPHORE_WAIT_COMPARE_OPERATION_SAD_EQUAL_SDD;
import static dev.systole.spec.gen12.MiCommands.MI_SEMAPHORE_WAIT_LENGTH_DWORDS;
import static dev.systole.spec.gen12.MiCommands.MI_SEMAPHORE_WAIT_POLLING_MODE;
import static dev.systole.spec.gen12.MiCommands.MI_SEMAPHORE_WAIT_REGISTER_POLL_MODE;
import static dev.systole.spec.gen12.MiCommands.MI_SEMAPHORE_WAIT_USE_GLOBAL_GTT;
import static dev.systole.spec.gen12.MiCommands.MI_STORE_DATA_IMM;
import static dev.systole.spec.gen12.MiCommands.MI_STORE_DATA_IMM_USE_GLOBAL_GTT;
import static dev.systole.spec.gen12.MiCommands.MI_USER_INTERRUPT;
import static dev.systole.spec.gen12.SubmissionStructures.PROCESS_STATUS_PAGE_FLUSH_SCRATCH_DWORD;

import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import java.util.Arrays;

/**
 * The commands that the driver puts around a batch (i915: gen8_engine_cs.c; i915-kernel.md 4.4).
 * What all engines have in common is here; flushes differ.
 */
public abstract sealed class Emission permits RenderEmission, FlushDwEmission {
  /** Target of stores that only order others: an offset into the context's status page. */
  static final int SCRATCH_OFFSET_BYTES = PROCESS_STATUS_PAGE_FLUSH_SCRATCH_DWORD * Integer.BYTES;

  private static final int PRE_PARSER_OFF =
      MI_ARB_CHECK | MI_ARB_CHECK_PRE_PARSER_DISABLE_MASK | MI_ARB_CHECK_PRE_PARSER_DISABLE;
  private static final int PRE_PARSER_ON = MI_ARB_CHECK | MI_ARB_CHECK_PRE_PARSER_DISABLE_MASK;
  private static final int ARBITRATION_ON = MI_ARB_ON_OFF | MI_ARB_ON_OFF_ARBITRATION_ENABLE;
  private static final int ARBITRATION_OFF = MI_ARB_ON_OFF;
  private static final int WAIT_EQUAL =
      MI_SEMAPHORE_WAIT
          | MI_SEMAPHORE_WAIT_POLLING_MODE
          | MI_SEMAPHORE_WAIT_COMPARE_OPERATION_SAD_EQUAL_SDD
          | lengthBits(MI_SEMAPHORE_WAIT_LENGTH_DWORDS);

  private final int preemptSemaphoreAddress;

  Emission(int preemptSemaphoreAddress) {
    this.preemptSemaphoreAddress = preemptSemaphoreAddress;
  }

  /** The commands of an engine whose status page has its preempt semaphore there. */
  static Emission of(Engine engine, int auxInvalidateRegister, int preemptSemaphoreAddress) {
    boolean shaders =
        engine.engineClass() == EngineClass.RENDER || engine.engineClass() == EngineClass.COMPUTE;
    return shaders
        ? new RenderEmission(auxInvalidateRegister, preemptSemaphoreAddress)
        : new FlushDwEmission(engine, auxInvalidateRegister, preemptSemaphoreAddress);
  }

  /** The length field of a command: all but two dwords. */
  static int lengthBits(int lengthDwords) {
    return lengthDwords - 2;
  }

  /** Empties caches and TLBs before what follows. */
  abstract void emitInvalidate(Ring ring);

  /** Flushes what was written and then leaves {@code seqno} at a GGTT address. */
  abstract int[] flushAndStore(int address, int seqno);

  /** Says that the request has started. */
  void emitInitialBreadcrumb(Ring ring, int address, int seqno) {
    ring.emit(
        MI_STORE_DATA_IMM | MI_STORE_DATA_IMM_USE_GLOBAL_GTT | lengthBits(4),
        address,
        0,
        seqno,
        MI_NOOP,
        MI_ARB_CHECK);
  }

  /** Starts the batch; only within it may something else come first. */
  void emitBatchStart(Ring ring, long address) {
    ring.emit(
        ARBITRATION_ON,
        MI_BATCH_BUFFER_START
            | MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT
            | lengthBits(MI_BATCH_BUFFER_START_LENGTH_DWORDS),
        (int) address,
        (int) (address >>> 32),
        ARBITRATION_OFF,
        MI_NOOP);
  }

  /** Says that the request is done, raises the interrupt and waits while the ring is frozen. */
  void emitFinalBreadcrumb(Ring ring, int address, int seqno) {
    int[] flush = flushAndStore(address, seqno);
    int[] packet = Arrays.copyOf(flush, flush.length + 8);
    int at = flush.length;
    packet[at++] = MI_USER_INTERRUPT;
    packet[at++] = ARBITRATION_ON;
    packet[at++] = MI_ARB_CHECK;
    packet[at++] = WAIT_EQUAL | MI_SEMAPHORE_WAIT_USE_GLOBAL_GTT;
    packet[at++] = 0;
    packet[at] = preemptSemaphoreAddress;
    ring.emit(packet);
  }

  /** Two dwords more, so that submitting the same request again moves TAIL. */
  void emitWorkaroundTail(Ring ring) {
    ring.emit(MI_ARB_CHECK, MI_NOOP);
  }

  /** {@code flush} between commands that keep the parser from running ahead. */
  static int[] withPreParserOff(int[] flush, int[] more) {
    int[] packet = new int[flush.length + more.length + 2];
    packet[0] = PRE_PARSER_OFF;
    System.arraycopy(flush, 0, packet, 1, flush.length);
    System.arraycopy(more, 0, packet, 1 + flush.length, more.length);
    packet[packet.length - 1] = PRE_PARSER_ON;
    return packet;
  }

  /** Forgets compression tables and waits until that is done; nothing without a register. */
  static int[] auxInvalidate(int register) {
    if (register == 0) return new int[0];
    return new int[] {
      MI_LOAD_REGISTER_IMM | MI_LOAD_REGISTER_IMM_MMIO_REMAP_ENABLE | lengthBits(3),
      register,
      1,
      WAIT_EQUAL | MI_SEMAPHORE_WAIT_REGISTER_POLL_MODE,
      0,
      register,
      0,
      0
    };
  }
}
