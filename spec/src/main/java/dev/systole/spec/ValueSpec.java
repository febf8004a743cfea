package dev.systole.spec;

/** A value of a field or of an enumeration that has a name. */
public record ValueSpec(String name, long value) {}
