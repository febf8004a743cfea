package dev.systole.decoder.diagnosis;

import java.util.List;
import java.util.stream.Stream;

/** What a rule says when it applies. */
record Finding(Cause cause, Confidence confidence, List<String> evidence, List<String> next) {
  static Finding of(Cause cause, Confidence confidence, String... evidence) {
    return new Finding(cause, confidence, List.of(evidence), cause.next());
  }

  Finding and(String moreEvidence) {
    List<String> all = Stream.concat(evidence.stream(), Stream.of(moreEvidence)).toList();
    return new Finding(cause, confidence, all, next);
  }

  Finding withEvidenceFirst(List<String> telling) {
    List<String> all = Stream.concat(telling.stream(), evidence.stream()).toList();
    return new Finding(cause, confidence, all, next);
  }

  Finding withNextFirst(String step) {
    return new Finding(
        cause, confidence, evidence, Stream.concat(Stream.of(step), next.stream()).toList());
  }
}
