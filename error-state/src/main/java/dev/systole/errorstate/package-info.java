/** What a crash leaves behind, as data: model, readers and writers. */
package dev.systole.errorstate;
