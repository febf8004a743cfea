package dev.systole.replayer;

import dev.systole.driver.app.AccessViolationException;
import dev.systole.driver.app.AppCall;
import dev.systole.driver.app.AppDoor;
import dev.systole.driver.app.AppReturn;
import dev.systole.driver.door.KmtHandle.Mapping;
import dev.systole.gpu.sim.VirtualClock;
import java.util.List;
import java.util.function.Consumer;

/**
 * A recorded thread of an application, run again: every step at its time, and once a call has
 * returned at another time than in the recording, after the time that the application thought
 * before it. Steps that fail now do not end the thread; it goes on open-loop.
 */
final class RecordedThread implements Consumer<AppDoor> {
  private final List<Step> steps;
  private final HandleTranslation handles;
  private final VirtualClock clock;
  private boolean onTime = true;

  /**
   * A thread that has not begun.
   *
   * @param handles those of its process
   */
  RecordedThread(List<Step> steps, HandleTranslation handles, VirtualClock clock) {
    this.steps = steps;
    this.handles = handles;
    this.clock = clock;
  }

  @Override
  public void accept(AppDoor door) {
    long lastEndNanos = clock.nowNanos();
    for (Step step : steps) {
      think(step, lastEndNanos);
      perform(step, door);
      lastEndNanos = step.endNanos();
      if (step instanceof Step.Thunk) onTime &= clock.nowNanos() == lastEndNanos;
    }
  }

  private void think(Step next, long lastEndNanos) {
    onTime &= clock.nowNanos() <= next.beginNanos();
    if (onTime) clock.advanceTo(next.beginNanos());
    else clock.charge(Math.max(0, next.beginNanos() - lastEndNanos));
  }

  private void perform(Step step, AppDoor door) {
    try {
      switch (step) {
        case Step.Thunk thunk -> call(thunk, door);
        case Step.Write write -> {
          byte[] bytes = write.bytes().toBytes();
          door.write(live(write.mapping()), write.offsetBytes(), bytes, 0, bytes.length);
        }
        case Step.Read read -> read(read, door);
        case Step.ReadBlock read -> {
          var target = new byte[read.lengthBytes()];
          door.read(live(read.mapping()), read.offsetBytes(), target, 0, target.length);
        }
      }
    } catch (AccessViolationException e) {
      // After a fault a mapping may be missing; the recorded thread knew nothing of that.
    }
  }

  private <R extends AppReturn> void call(Step.Thunk thunk, AppDoor door) {
    @SuppressWarnings("unchecked")
    var call = (AppCall<R>) handles.translate(thunk.call());
    R result = door.call(call);
    if (thunk.result() != null) handles.learn(thunk.result(), result);
  }

  private void read(Step.Read read, AppDoor door) {
    Mapping mapping = live(read.mapping());
    long firstNanos = clock.nowNanos();
    for (long i = 0; i < read.count(); i++) {
      clock.advanceTo(Math.max(clock.nowNanos(), firstNanos + i * read.stepNanos()));
      if (read.widthBytes() == Long.BYTES) door.read64(mapping, read.offsetBytes());
      else door.read32(mapping, read.offsetBytes());
    }
  }

  private Mapping live(long mapping) {
    return handles.live(new Mapping(mapping));
  }
}
