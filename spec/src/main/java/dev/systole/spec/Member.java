package dev.systole.spec;

/** What a command, structure or register consists of. */
public sealed interface Member permits FieldSpec, GroupSpec {}
