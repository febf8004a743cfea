package dev.systole.driver.cpu;

/** A thread of an application or of the kernel side. Made by {@link Cpu#start}. */
public final class CpuThread {
  private final String name;
  private final boolean daemon;
  private final Thread carrier;

  /** The wait that the thread is in, or null when it runs or is ready to. */
  private WaitQueue waitingOn;

  private Cpu.Due wakeUp;
  private boolean wokenBySignal;
  private boolean ended;

  CpuThread(String name, boolean daemon, Runnable body) {
    this.name = name;
    this.daemon = daemon;
    this.carrier = Thread.ofVirtual().name(name).unstarted(body);
  }

  /** The name in reports and lanes. */
  public String name() {
    return name;
  }

  /** Whether the run may end while this thread still waits, as a work queue's worker does. */
  public boolean daemon() {
    return daemon;
  }

  /** Whether its body has returned. */
  public boolean ended() {
    return ended;
  }

  /** What it waits for, in words, or null when it does not wait. */
  public String waitingFor() {
    return waitingOn == null ? null : waitingOn.name();
  }

  Thread carrier() {
    return carrier;
  }

  void beginWait(WaitQueue queue, Cpu.Due timeout) {
    waitingOn = queue;
    wakeUp = timeout;
    wokenBySignal = false;
  }

  WaitQueue waitingOn() {
    return waitingOn;
  }

  Cpu.Due wakeUp() {
    return wakeUp;
  }

  void endWait(boolean bySignal) {
    waitingOn = null;
    wakeUp = null;
    wokenBySignal = bySignal;
  }

  boolean wokenBySignal() {
    return wokenBySignal;
  }

  void end() {
    ended = true;
  }
}
