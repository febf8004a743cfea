package dev.systole.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.trace.event.At;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.HealthEvent.ContextCreated;
import dev.systole.trace.event.HealthEvent.EngineResetBegun;
import dev.systole.trace.event.HealthEvent.EngineResetEnded;
import dev.systole.trace.event.HealthEvent.HeartbeatEmitted;
import dev.systole.trace.event.HealthEvent.HeartbeatRaised;
import dev.systole.trace.event.HealthEvent.PreemptTimeout;
import dev.systole.trace.event.HealthEvent.RequestCompleted;
import dev.systole.trace.event.HealthEvent.RequestResubmitted;
import dev.systole.trace.event.HealthEvent.RequestSkipped;
import dev.systole.trace.event.HealthEvent.RequestSubmitted;
import dev.systole.trace.event.Lane;
import org.junit.jupiter.api.Test;

class TextTimelineTest {
  private final TimelineBuilder builder = new TimelineBuilder();
  private long number;

  private At at(long timeNanos) {
    return new At(number++, timeNanos, Lane.of("kernel"));
  }

  private void tell(Event... events) {
    for (Event event : events) builder.accept(event);
  }

  private String printed() {
    return TextTimeline.print(builder.build());
  }

  @Test
  void requestsThatSimplyRanAreCountedAndThoseThatAHangTouchedAreTold() {
    tell(
        new ContextCreated(at(0), 2, "rcs0", "game", 41),
        new ContextCreated(at(0), 3, "rcs0", "browser", 42),
        new RequestSubmitted(at(1_000), "rcs0", 0, 2, 2, 0),
        new RequestCompleted(at(2_000), "rcs0", 2, 2),
        new RequestSubmitted(at(3_000), "rcs0", 0, 2, 4, 0),
        new RequestCompleted(at(4_000), "rcs0", 2, 4),
        new RequestSubmitted(at(5_000), "rcs0", 0, 2, 6, 0),
        new RequestSubmitted(at(6_000), "rcs0", 1, 3, 2, 0),
        new HeartbeatEmitted(at(3_000_000_000L), "rcs0", 1, -1024),
        new HeartbeatRaised(at(6_000_000_000L), "rcs0", 1, 0),
        new PreemptTimeout(at(13_500_000_000L), "rcs0", 2, 6, 7_500_000_000L),
        new EngineResetBegun(at(13_500_001_000L), "rcs0", "preemption time out"),
        new EngineResetEnded(at(13_501_000_000L), "rcs0", true),
        new RequestSkipped(at(13_501_001_000L), "rcs0", 2, 6, -5),
        new RequestResubmitted(at(13_501_002_000L), "rcs0", 3, 2),
        new RequestCompleted(at(13_502_000_000L), "rcs0", 3, 2));
    assertEquals(
        """
                  time  rcs0  recovery
              0.000004  *     |     rcs0 2 requests ran
              0.000005  *     |     rcs0 submitted game[41] 2:6 to port 0
              0.000006  *     |     rcs0 submitted browser[42] 3:2 to port 1
                        :     :     2.9 s pass
              3.000000  *     |     rcs0 heartbeat 1 emitted at MIN (-1024)
                        :     :     3 s pass
              6.000000  *     |     rcs0 heartbeat 1 raised to NORMAL (0)
                        :     :     7.5 s pass
             13.500000  *     |     rcs0 preempt timeout: game[41] 2:6 held on for 7.5 s
             13.500001  |     *     reset of rcs0 for preemption time out
             13.501000  |     *     reset of rcs0 done
             13.501001  *     |     rcs0 skipped game[41] 2:6, -EIO
             13.501002  *     |     rcs0 resubmitted browser[42] 3:2, innocent
             13.502000  *     |     rcs0 completed browser[42] 3:2
        """,
        printed());
  }

  @Test
  void aTraceWithoutHealthEventsSaysSo() {
    assertEquals("          time  recovery\nnothing happened to any engine\n", printed());
  }
}
