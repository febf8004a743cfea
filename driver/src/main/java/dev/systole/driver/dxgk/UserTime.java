package dev.systole.driver.dxgk;

import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.CpuThread;
import dev.systole.driver.door.KmtHandle;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets the rest of the machine go on while a process runs: interrupts and other threads that are
 * due go first at every thunk and every read of mapped memory.
 *
 * <p>A thread that reads one place again and again waits for it to change. It is let wait, for
 * longer and longer times, so that spinning through a hang of seconds takes few reads.
 */
final class UserTime {
  private static final long SPIN_FIRST_NANOS = 100;
  private static final long SPIN_LONGEST_NANOS = 1_000_000;

  /** The last access of a thread, a read, and how long it was let wait then. */
  private record Spin(KmtHandle.Mapping mapping, long offsetBytes, long waitedNanos) {}

  private final Cpu cpu;
  private final Map<CpuThread, Spin> spins = new LinkedHashMap<>();

  UserTime(Cpu cpu) {
    this.cpu = cpu;
  }

  /** Before a thunk. */
  void beforeCall() {
    spins.remove(cpu.current());
    cpu.sleep(0);
  }

  /** Before a write to mapped memory, which lets nobody in between. */
  void beforeWrite() {
    spins.remove(cpu.current());
  }

  /** Before a read of mapped memory. */
  void beforeRead(KmtHandle.Mapping mapping, long offsetBytes) {
    Spin last = spins.get(cpu.current());
    boolean again =
        last != null && last.offsetBytes() == offsetBytes && last.mapping().equals(mapping);
    long waitNanos =
        again ? Math.clamp(2 * last.waitedNanos(), SPIN_FIRST_NANOS, SPIN_LONGEST_NANOS) : 0;
    spins.put(cpu.current(), new Spin(mapping, offsetBytes, waitNanos));
    cpu.sleep(waitNanos);
  }
}
