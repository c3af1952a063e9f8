package io.jfalco.daemon;

import java.nio.file.Path;

/**
 * Where all events go, as {@code -w} says.
 *
 * @param file the capture, begun anew if it is there
 * @param compressed with gzip
 */
public record CaptureTarget(Path file, boolean compressed) {}
