package io.github.mlflowauth.artifacts.internal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Artifact paths that arrive as they were sent. MLflow's server percent-decodes a path until it no longer changes and
 * cuts at {@code #}, so some names would silently become others; they are refused before a byte is sent.
 */
final class ArtifactPath {
    private static final Pattern PERCENT_CODE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    private ArtifactPath() {}

    /** Checks a path of a file or directory; the empty path is the root. */
    static String check(String path) {
        if (path.isEmpty()) {
            return path;
        }
        if (path.startsWith("/") || path.matches("[A-Za-z]:[/\\\\].*")) {
            throw refused(path, "is absolute", "give it relative to the run's artifacts");
        }
        for (String segment : path.split("/", -1)) {
            checkSegment(path, segment);
        }
        return path;
    }

    private static void checkSegment(String path, String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw refused(path, "has a segment '" + segment + "'", "give plain names between the slashes");
        }
        if (segment.indexOf('#') >= 0) {
            throw refused(path, "contains '#', which MLflow refuses", "rename the file");
        }
        if (segment.endsWith("?")) {
            throw refused(path, "has a name that ends in '?', which MLflow cuts off", "rename the file");
        }
        Matcher code = PERCENT_CODE.matcher(segment);
        if (code.find()) {
            throw refused(path, "contains '" + code.group() + "', which MLflow would decode", "rename the file");
        }
        if (segment.chars().anyMatch(Character::isISOControl)) {
            throw refused(path.replaceAll("\\p{Cntrl}", "?"), "contains a control character", "rename the file");
        }
    }

    private static IllegalArgumentException refused(String path, String rule, String next) {
        return new IllegalArgumentException("The artifact path '" + path + "' " + rule + ": " + next + ".");
    }

    /** A name as a server lists it, before it becomes a local file's name. */
    static String checkListedName(String name) {
        boolean leadsElsewhere = name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0;
        boolean local = name.indexOf('\0') >= 0 || (java.io.File.separatorChar == '\\' && name.matches(".*[\\\\:].*"));
        if (leadsElsewhere || local) {
            throw new IllegalArgumentException("The server lists an artifact named '"
                    + name.replaceAll("\\p{Cntrl}", "?")
                    + "', which would lead out of the download directory. Nothing was written for it.");
        }
        return name;
    }

    static String join(String parent, String child) {
        return parent.isEmpty() ? child : child.isEmpty() ? parent : parent + "/" + child;
    }

    /** Percent-encodes each segment once. */
    static String encode(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c == '/' || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }
}
