/** Power: wells that software keeps awake, and the clock of the engines. */
package dev.systole.gpu.power;
