package dev.systole.driver.stack;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.CallbackReturn;
import dev.systole.driver.ddi.DdiCall;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DdiReturn;
import dev.systole.driver.ddi.DxgkCallback;
import dev.systole.driver.umd.UserModeDevice;
import dev.systole.gpu.door.HealthDoor;
import dev.systole.gpu.sim.Hardware;
import dev.systole.gpu.sim.VirtualClock;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A Windows stack on a {@link FakeCore}, with an ear at its doors. */
final class StackFixture implements DoorWatch {
  private static final long SECOND_NANOS = 1_000_000_000;

  final Cpu cpu;
  final FakeCore core;
  final WindowsStack stack;
  final List<DdiCall<?>> ddiCalls = new ArrayList<>();
  final List<DxgkCallback<?>> callbacks = new ArrayList<>();
  final List<String> health = new ArrayList<>();
  private final List<AppProcess> processes = new ArrayList<>();

  StackFixture() {
    cpu = new Cpu(new VirtualClock(), new NoHardware());
    core = new FakeCore(cpu);
    stack = new WindowsStack(cpu, core, core::memory, healthDoor(), this);
  }

  /** Adds a process with one thread. */
  StackFixture process(String name, Consumer<AppDoor> body) {
    int pid = 0x1000 + 4 * processes.size();
    processes.add(new AppProcess(name, pid, List.of(new AppThread(name, body))));
    return this;
  }

  /** Adds a process whose thread gets a device, which is closed at the end. */
  StackFixture application(String name, Consumer<UserModeDevice> body) {
    return process(
        name,
        door -> {
          try (var device = UserModeDevice.open(door)) {
            body.accept(device);
          }
        });
  }

  /** Runs from boot to shutdown. */
  StackFixture run() {
    stack.start(processes);
    try {
      assertInstanceOf(Cpu.Outcome.Finished.class, cpu.run(SECOND_NANOS));
    } finally {
      cpu.shutDown();
    }
    return this;
  }

  /** Names of the DDI calls, in order. */
  List<String> ddiNames() {
    return ddiCalls.stream().map(call -> call.getClass().getSimpleName()).toList();
  }

  <T> List<T> ddiCalls(Class<T> type) {
    return ddiCalls.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public DdiDoor ddi(DdiDoor door) {
    return new DdiDoor() {
      @Override
      public <R extends DdiReturn> R call(DdiCall<R> call) {
        ddiCalls.add(call);
        return door.call(call);
      }
    };
  }

  @Override
  public CallbackDoor callbacks(CallbackDoor door) {
    return new CallbackDoor() {
      @Override
      public <R extends CallbackReturn> R call(DxgkCallback<R> callback) {
        callbacks.add(callback);
        return door.call(callback);
      }
    };
  }

  private HealthDoor healthDoor() {
    return (HealthDoor)
        Proxy.newProxyInstance(
            HealthDoor.class.getClassLoader(),
            new Class<?>[] {HealthDoor.class},
            (_, method, arguments) -> {
              health.add(method.getName() + " " + List.of(arguments));
              return null;
            });
  }

  /** Nothing ever happens in it. */
  private static final class NoHardware implements Hardware {
    @Override
    public long nextEventNanos() {
      return Long.MAX_VALUE;
    }

    @Override
    public void runUntil(long limitNanos) {}

    @Override
    public long runToInterrupt(long limitNanos) {
      return limitNanos;
    }

    @Override
    public boolean busy() {
      return false;
    }

    @Override
    public long registersHash() {
      return 0;
    }

    @Override
    public long memoryHash() {
      return 0;
    }

    @Override
    public long enginesHash() {
      return 0;
    }
  }
}
