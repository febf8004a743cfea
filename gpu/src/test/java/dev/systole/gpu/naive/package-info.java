/**
 * A second interpreter, to find out what is wrong in the first: it was written from
 * gen12-commands.md 1 to 3 without looking at the other, and does everything in the plainest way,
 * without time, caches, slices or loops that are cut short.
 */
package dev.systole.gpu.naive;
