package io.jfalco.driver;

/**
 * Something that eBPF capture takes from the host, looked at without trying.
 *
 * @param name of it, a word or two
 * @param isMet false when capture will fail for want of it
 * @param found what is there
 * @param fix what helps where it is not met; else empty
 */
public record Prerequisite(String name, boolean isMet, String found, String fix) {}
