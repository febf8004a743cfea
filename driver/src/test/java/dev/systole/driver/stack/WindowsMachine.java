package dev.systole.driver.stack;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.Scheduling;
import dev.systole.driver.core.device.I915Core;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.PacedFunction;
import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.CallbackReturn;
import dev.systole.driver.ddi.DdiCall;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DdiReturn;
import dev.systole.driver.ddi.DpcRoutine;
import dev.systole.driver.ddi.DxgkCallback;
import dev.systole.driver.ddi.InterruptRoutine;
import dev.systole.driver.umd.UserModeDevice;
import dev.systole.gpu.door.HealthDoor;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The whole machine: simulated GPU, core, miniport, Dxgkrnl and applications. */
final class WindowsMachine implements DoorWatch {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int FIRST_PID = 0x1000;

  final List<String> health = new ArrayList<>();
  final List<DdiCall<?>> ddiCalls = new ArrayList<>();
  final List<DxgkCallback<?>> callbacks = new ArrayList<>();
  private final VirtualClock clock = new VirtualClock();
  private final Gpu gpu;
  private final Cpu cpu;
  private final WindowsStack stack;
  private final List<AppProcess> processes = new ArrayList<>();

  WindowsMachine(String... faults) {
    this(UnaryOperator.identity(), faults);
  }

  /** A machine with something else, or something between, in the GPU's place on the bus. */
  WindowsMachine(UnaryOperator<PciFunction> bus, String... faults) {
    FaultPlan plan = FaultPlan.of(Arrays.stream(faults).map(Fault::parse).toList());
    gpu = new Gpu(Platform.TGL, clock, plan, (_, _) -> {});
    cpu = new Cpu(clock, gpu);
    HealthDoor healthDoor = healthDoor();
    var core =
        new I915Core(
            CoreConfig.tigerLake(Scheduling.OPERATING_SYSTEM),
            cpu,
            new PacedFunction(bus.apply(gpu), clock),
            healthDoor);
    stack = new WindowsStack(cpu, core, core::memory, healthDoor, this);
    gpu.connect(stack.interruptLine());
  }

  /** Adds a process with one thread. */
  WindowsMachine process(String name, Consumer<AppDoor> body) {
    int pid = FIRST_PID + 4 * processes.size();
    processes.add(new AppProcess(name, pid, List.of(new AppThread(name, body))));
    return this;
  }

  /** Adds a process whose thread gets a device, which is closed at the end. */
  WindowsMachine application(String name, Consumer<UserModeDevice> body) {
    return process(
        name,
        door -> {
          try (var device = UserModeDevice.open(door)) {
            body.accept(device);
          }
        });
  }

  /** Runs to the end, which must be that of all threads. */
  WindowsMachine finish() {
    assertInstanceOf(Cpu.Outcome.Finished.class, run());
    return this;
  }

  /** Names of the DDI calls but interrupts, in order. */
  List<String> ddiNames() {
    return ddiCalls.stream()
        .filter(call -> !(call instanceof InterruptRoutine || call instanceof DpcRoutine))
        .map(call -> call.getClass().getSimpleName())
        .toList();
  }

  <T> List<T> ddiCalls(Class<T> type) {
    return ddiCalls.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Runs from boot to shutdown, or 100 virtual seconds. */
  Cpu.Outcome run() {
    stack.start(processes);
    try {
      return cpu.run(100 * SECOND_NANOS);
    } finally {
      cpu.shutDown();
    }
  }

  /** Everything that crossed the DDI door and the time of the end: equal for equal runs. */
  String fingerprint() {
    return clock.nowNanos() + " " + gpu.memoryHash() + " " + ddiCalls.hashCode() + " " + health;
  }

  /** Names of the paging operations that the GPU did, in order. */
  List<String> pagingOperations() {
    return ddiCalls.stream()
        .filter(call -> call instanceof BuildPagingBuffer build && build.dmaBuffer() != 0)
        .map(call -> ((BuildPagingBuffer) call).operation().getClass().getSimpleName())
        .toList();
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
              String told = arguments == null ? "" : " " + Arrays.deepToString(arguments);
              health.add(method.getName() + (told.length() < 200 ? told : ""));
              return null;
            });
  }
}
