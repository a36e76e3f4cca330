package io.github.mlflowauth.testkit.iap;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/** How this one proxy is configured. */
final class IapSpec {
    final URI upstream;
    private final String publicUrl;
    private final Supplier<String> authority;
    final Set<String> clientIds;
    final String project;
    final String projectNumber;
    final boolean forwardAuthorization;
    final boolean olderWordings;
    final long mostRequestBytes;

    IapSpec(IapEmulator.Builder from, Supplier<String> authority) {
        upstream = from.upstream;
        publicUrl = from.publicUrl;
        this.authority = authority;
        clientIds = Collections.unmodifiableSet(new LinkedHashSet<>(from.clientIds));
        project = from.project;
        projectNumber = from.projectNumber;
        forwardAuthorization = from.forwardAuthorization;
        olderWordings = from.olderWordings;
        mostRequestBytes = from.mostRequestBytes;
    }

    /** Known once the proxy listens. */
    String publicUrl() {
        return publicUrl.isEmpty() ? "https://" + authority.get() : publicUrl;
    }
}
