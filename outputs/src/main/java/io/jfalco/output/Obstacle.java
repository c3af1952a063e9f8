package io.jfalco.output;

/**
 * What keeps messages from where they shall go.
 *
 * @param text what is the matter
 * @param fix what the user can do
 */
public record Obstacle(String text, String fix) {}
