package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;

/** Semaphores and interrupts. */
final class MiWait {
  private static final int REGISTER_MASK = 0x7ffffc;

  private MiWait() {}

  static int userInterrupt(EngineState s) {
    if (s.mustPay(s.costs.command())) return 0;
    s.signals.interrupt(s, RING_IMR_USER_INTERRUPT);
    return 0;
  }

  static int semaphoreSignal(EngineState s) {
    if (s.mustPay(s.costs.store())) return 0;
    s.signals.semaphoreSignalled();
    return 0;
  }

  static int semaphoreWait(EngineState s, int header) {
    boolean ggtt = (header & MI_SEMAPHORE_WAIT_USE_GLOBAL_GTT) != 0;
    if (ggtt && !s.privileged()) return s.costs.command();
    if (s.mustPay(s.costs.poll())) return 0;
    s.loop.forget();
    int operation =
        (header & MI_SEMAPHORE_WAIT_COMPARE_OPERATION_MASK)
            >>> MI_SEMAPHORE_WAIT_COMPARE_OPERATION_SHIFT;
    int data = s.operand(MI_SEMAPHORE_WAIT_SEMAPHORE_DATA_DWORD_DWORD);
    boolean holds = MiFlow.holds(operation, polled(s, header, ggtt), data);
    if (holds && !s.signals.signalLost(s, semaphore(s))) return 0;
    return s.stopBefore(s.preemptible() ? Stop.PREEMPT : Stop.WAIT);
  }

  private static long semaphore(EngineState s) {
    return s.operandAddress(MI_SEMAPHORE_WAIT_SEMAPHORE_ADDRESS_DWORD);
  }

  private static int polled(EngineState s, int header, boolean ggtt) {
    long address = semaphore(s);
    if ((header & MI_SEMAPHORE_WAIT_REGISTER_POLL_MODE) != 0) {
      int offset = (int) address & REGISTER_MASK;
      s.pollsTime = isClock(offset - s.base);
      return s.registers.read(offset);
    }
    s.pollsTime = false;
    s.loop.observe(address, ggtt);
    return s.memory.load32(address, ggtt);
  }

  private static boolean isClock(int own) {
    return own == RING_TIMESTAMP || own == RING_TIMESTAMP_UDW || own == RING_CTX_TIMESTAMP;
  }
}
