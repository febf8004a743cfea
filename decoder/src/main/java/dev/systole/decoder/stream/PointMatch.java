package dev.systole.decoder.stream;

import dev.systole.decoder.stream.ExecutionPoint.Relation;
import dev.systole.decoder.stream.StreamElement.CommandRead;

/** A command with the header of IPEHR, and how ACTHD lies to it. */
record PointMatch(CommandRead command, Relation relation) {}
