package dev.systole.errorstate;

/**
 * The request in one submission port of an engine, at the moment of the capture.
 *
 * @param port 0 is the one that runs
 * @param pid process of its context, 0 for the kernel
 * @param fenceContext timeline of its fence
 * @param seqno number of its fence in that timeline
 * @param signalled whether the fence has signalled ({@code !})
 * @param signalling whether somebody waits for it by interrupt ({@code +})
 * @param priority scheduling priority
 * @param head ring offset of its first byte
 * @param tail ring offset behind its last byte
 */
public record ElspEntry(
    int port,
    int pid,
    int fenceContext,
    int seqno,
    boolean signalled,
    boolean signalling,
    int priority,
    int head,
    int tail) {}
