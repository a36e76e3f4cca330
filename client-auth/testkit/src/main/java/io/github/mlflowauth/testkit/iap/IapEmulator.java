package io.github.mlflowauth.testkit.iap;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Stands in for Google's Identity-Aware Proxy and the token services around it, in front of any web application. All
 * of it runs on ports of the loopback address, speaks plain http, and refuses what the real ones refuse.
 *
 * <pre>{@code
 * try (IapEmulator iap = IapEmulator.builder().upstream(application).start()) {
 *     String account = iap.addServiceAccount("trainer");
 *     iap.grantAccess(account);
 *     Map<String, String> environment = iap.environmentWithKeyFile(account, folder);
 *     // a client with this environment gets a token for iap.clientId() and passes iap.uri()
 * }
 * }</pre>
 *
 * <p>Service accounts and what they may do are added at any time. Safe to use from several threads. What the emulator
 * cannot know about the real services is listed in the module's README.
 */
public final class IapEmulator implements AutoCloseable {
    private final Map<Face, FaceServer> faces = new EnumMap<>(Face.class);
    private final Principals principals = new Principals();
    private final Users users = new Users();
    private final Counters counters = new Counters();
    private final Mint mint;
    private final IapSpec spec;
    private final MetadataFace metadata;
    private final StsFace sts;

    private IapEmulator(Builder builder) {
        Clock clock = builder.clock;
        mint = new Mint(clock, builder.tokenLifetime);
        spec = new IapSpec(builder, () -> server(Face.IAP).authority());
        metadata = new MetadataFace(mint, clock, spec);
        sts = new StsFace(mint, clock, spec);
        BrowserSessions sessions = new BrowserSessions(() -> accountsUri().toString(), spec);
        IapFace iap = new IapFace(
                spec,
                new IapAccess(principals, mint, clock, spec),
                sessions,
                new SignedHeaders(spec, clock),
                new Upstream(spec.upstream, counters),
                counters);
        faces.put(Face.IAP, new FaceServer(builder.port, clock, iap));
        add(Face.ACCOUNTS, clock, new AccountsFace(sessions, counters, this::proxyAuthorities));
        add(
                Face.TOKEN,
                clock,
                new TokenFace(principals, users, mint, clock, () -> tokenUri().toString()));
        add(Face.METADATA, clock, metadata);
        add(Face.IAM_CREDENTIALS, clock, new IamCredentialsFace(principals, mint, clock));
        add(Face.STS, clock, sts);
        faces.values().forEach(FaceServer::start);
    }

    private void add(Face face, Clock clock, FaceServer.Handler handler) {
        faces.put(face, new FaceServer(0, clock, handler));
    }

    /** An emulator with one OAuth client, the system's clock and tokens of one hour, unless told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where the proxy listens; a client uses it in place of the application's own address. */
    public URI uri() {
        return address(Face.IAP, "");
    }

    /** The URL that the proxy believes to have, which audiences of self-signed tokens are matched against. */
    public String publicUrl() {
        return spec.publicUrl();
    }

    /** The audience of ID tokens: the first OAuth client ID. */
    public String clientId() {
        return spec.clientIds.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This emulator has no OAuth client"));
    }

    /** The audience of self-signed tokens, which covers every path of the application. */
    public String urlAudience() {
        return spec.publicUrl() + "/*";
    }

    /** The host of the sign-in pages. */
    public URI accountsUri() {
        return URI.create("http://localhost:" + server(Face.ACCOUNTS).port());
    }

    /** The OAuth token endpoint. */
    public URI tokenUri() {
        return address(Face.TOKEN, "/token");
    }

    /** Host and port of the metadata server, for {@code GCE_METADATA_HOST}. */
    public String metadataHost() {
        return server(Face.METADATA).authority();
    }

    /** What stands in for {@code https://iamcredentials.googleapis.com}. */
    public URI iamCredentialsUri() {
        return address(Face.IAM_CREDENTIALS, "");
    }

    /** What stands in for {@code https://sts.googleapis.com/v1/token}. */
    public URI stsUri() {
        return address(Face.STS, "/v1/token");
    }

    private URI address(Face face, String path) {
        return URI.create("http://" + server(face).authority() + path);
    }

    private FaceServer server(Face face) {
        FaceServer server = faces.get(face);
        if (server == null) {
            throw new IllegalStateException("The emulator is not complete yet");
        }
        return server;
    }

    private List<String> proxyAuthorities() {
        int port = server(Face.IAP).port();
        return List.of(
                "127.0.0.1:" + port,
                "localhost:" + port,
                URI.create(spec.publicUrl()).getRawAuthority());
    }

    /**
     * Adds a service account.
     *
     * @param name its short name, for instance {@code trainer}
     * @return its email address
     */
    public String addServiceAccount(String name) {
        String email = name + "@" + spec.project + ".iam.gserviceaccount.com";
        principals.addServiceAccount(email);
        return email;
    }

    /** Lets someone (a service account or any email address) through the proxy: {@code iap.httpsResourceAccessor}. */
    public void grantAccess(String email) {
        principals.allow(email);
    }

    /** Takes that back. */
    public void revokeAccess(String email) {
        principals.deny(email);
    }

    /** Lets a caller act as a service account. */
    public void grantRole(String caller, Role role, String serviceAccount) {
        principals.grant(caller, role, serviceAccount);
    }

    /** Takes that back. */
    public void revokeRole(String caller, Role role, String serviceAccount) {
        principals.revoke(caller, role, serviceAccount);
    }

    /** The service account that the metadata server speaks for; it has none until this is called. */
    public void metadataAccount(String email) {
        principals.existing(email);
        metadata.account(email);
    }

    /** How a workload with this subject is called, for {@link #grantRole}. */
    public String federatedPrincipal(String subject) {
        return sts.principal(subject);
    }

    /** A service-account key file as Google's console makes it, but with this emulator's token endpoint. */
    public Path writeKeyFile(String email, Path folder) {
        return CredentialFiles.serviceAccountKey(
                folder.resolve("key.json"),
                email,
                principals.existing(email).newest(),
                spec.project,
                tokenUri().toString());
    }

    /** What {@code gcloud auth application-default login} leaves behind for a person. */
    public Path writeUserFile(String email, Path folder) {
        return CredentialFiles.write(folder.resolve("user.json"), userFile(email));
    }

    /** The same with {@code --impersonate-service-account}. */
    public Path writeImpersonatedFile(String userEmail, String serviceAccount, Path folder) {
        principals.existing(serviceAccount);
        return CredentialFiles.write(
                folder.resolve("impersonated.json"),
                CredentialFiles.impersonated(
                        userFile(userEmail), iamCredentialsUri().toString(), serviceAccount, List.of()));
    }

    private Map<String, Object> userFile(String email) {
        return CredentialFiles.user(users.refreshTokenFor(email), tokenUri().toString());
    }

    /**
     * A configuration for workload identity federation, with the workload's own token in a file beside it.
     *
     * @param subject the workload
     * @param serviceAccount the account that it acts as, or empty for none
     */
    public Path writeFederationFile(String subject, String serviceAccount, Path folder) {
        Path token = CredentialFiles.write(folder.resolve("subject-token.jwt"), sts.subjectToken(subject));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "external_account");
        json.put("universe_domain", "googleapis.com");
        json.put("audience", sts.audience());
        json.put("subject_token_type", StsFace.JWT_TYPE);
        json.put("token_url", stsUri().toString());
        json.put("credential_source", Map.of("file", token.toString()));
        if (!serviceAccount.isEmpty()) {
            json.put(
                    "service_account_impersonation_url",
                    CredentialFiles.impersonationUrl(iamCredentialsUri().toString(), serviceAccount));
        }
        return CredentialFiles.write(folder.resolve("federation.json"), json);
    }

    /** The environment of a client that has a key file. */
    public Map<String, String> environmentWithKeyFile(String email, Path folder) {
        return environmentWithFile(writeKeyFile(email, folder));
    }

    /** The environment of a client that has any of the files that this class writes. */
    public Map<String, String> environmentWithFile(Path file) {
        return Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString(), "NO_GCE_CHECK", "true");
    }

    /** The environment of a client on one of Google's machines. */
    public Map<String, String> environmentWithMetadata(String email) {
        metadataAccount(email);
        return Map.of("GCE_METADATA_HOST", metadataHost());
    }

    /** An ID token made out of thin air, for tests of what the proxy does with it. */
    public String idToken(String email, String audience) {
        return mint.idToken(email, audience, true);
    }

    /** Scripts what happens to the next requests of a face, one fault each. */
    public void fault(Face face, Fault... faults) {
        server(face).faults().add(List.of(faults));
    }

    /** Scripts every request of a face that {@link #fault} says nothing about; called once for each of them. */
    public void faultAlways(Face face, Supplier<Fault> fault) {
        server(face).faults().always(fault);
    }

    /** Lets all faces work again. */
    public void clearFaults() {
        faces.values().forEach(face -> face.faults().clear());
    }

    /** How long tokens live that are made from now on. */
    public void tokenLifetime(Duration lifetime) {
        mint.lifetime(lifetime);
    }

    /** Google signs with a new key from now on; tokens signed with the old ones stay good. */
    public void rotateKeys() {
        mint.googleKeys().rotate();
    }

    /** Tokens that were signed before the last rotation are refused from now on. */
    public void dropOldKeys() {
        mint.googleKeys().dropOld();
    }

    /** Gives a service account a new key; tokens that older ones sign are refused from now on. */
    public void replaceKey(String email) {
        principals.existing(email).rotate();
        principals.existing(email).dropOld();
    }

    /** How many requests reached a face, scripted faults included. */
    public int requests(Face face) {
        return server(face).requests();
    }

    /** How many tokens for the proxy the token services have made. */
    public int tokensMade() {
        return mint.idTokensMade();
    }

    /** How often each token came to the proxy, by a fingerprint of the token. */
    public Map<String, Integer> requestsPerToken() {
        return counters.requestsPerToken();
    }

    /** POST and PATCH requests that reached the application more than once with the same body. */
    public List<String> forwardedMoreThanOnce() {
        return counters.forwardedMoreThanOnce();
    }

    /** Each credential that arrived at the sign-in host. Must be empty; {@link IapEmulatorExtension} checks it. */
    public List<String> violations() {
        return counters.violations();
    }

    /** Stops all faces at once, also in the midst of requests. */
    @Override
    public void close() {
        faces.values().forEach(FaceServer::close);
    }

    /** Says what emulator to start; not safe for several threads. */
    public static final class Builder {
        URI upstream = URI.create("http://127.0.0.1:5000");
        String publicUrl = "";
        int port;
        final Set<String> clientIds = new LinkedHashSet<>(List.of("1234567890-emulated.apps.googleusercontent.com"));
        String project = "emulated-project";
        String projectNumber = "1234567890";
        Clock clock = Clock.systemUTC();
        Duration tokenLifetime = Duration.ofHours(1);
        boolean forwardAuthorization;
        boolean olderWordings;
        long mostRequestBytes = Long.MAX_VALUE;

        private Builder() {}

        /** The application behind the proxy, {@code http://127.0.0.1:5000} by default. */
        public Builder upstream(URI application) {
            this.upstream = application;
            return this;
        }

        /** The URL that the proxy believes to have; {@code https://HOST:PORT} of its own by default. */
        public Builder publicUrl(String url) {
            this.publicUrl = url.replaceAll("/+$", "");
            return this;
        }

        /** The proxy's port; without this call a free one. */
        public Builder port(int newPort) {
            this.port = newPort;
            return this;
        }

        /** The OAuth clients whose IDs are good audiences. None at all is the proxy that nobody has set up yet. */
        public Builder clientIds(String... ids) {
            clientIds.clear();
            clientIds.addAll(List.of(ids));
            return this;
        }

        /** The project that service accounts belong to. */
        public Builder project(String id, String number) {
            this.project = id;
            this.projectNumber = number;
            return this;
        }

        /** What all faces take for the time, in tokens, decisions and {@code Date} headers. */
        public Builder clock(Clock newClock) {
            this.clock = newClock;
            return this;
        }

        /** How long tokens live, one hour by default. */
        public Builder tokenLifetime(Duration lifetime) {
            this.tokenLifetime = lifetime;
            return this;
        }

        /** Whether the application sees the {@code Authorization} header that the proxy read its token from. */
        public Builder forwardAuthorization(boolean forward) {
            this.forwardAuthorization = forward;
            return this;
        }

        /** Refuses a wrong audience in the words of some years ago. */
        public Builder olderWordings() {
            this.olderWordings = true;
            return this;
        }

        /** Refuses longer bodies with 413, as App Engine does beyond 32 MB. Unlimited by default. */
        public Builder mostRequestBytes(long bytes) {
            this.mostRequestBytes = bytes;
            return this;
        }

        /** Starts all faces. */
        public IapEmulator start() {
            return new IapEmulator(this);
        }
    }
}
