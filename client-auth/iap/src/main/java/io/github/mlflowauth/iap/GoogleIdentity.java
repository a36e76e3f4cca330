package io.github.mlflowauth.iap;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Someone whom Google knows, and who can prove it. Thread-safe; holds secrets, so never printed or serialized. */
interface GoogleIdentity {

    /** Who it is and where that was found, for messages; for example {@code sa@p.iam.gserviceaccount.com (key file x)}. */
    String name();

    /**
     * A token for IAP, made anew.
     *
     * @throws IOException if there is none; the message says why and what to do
     */
    String token(IapAudience audience) throws IOException;

    /** Headers with an access token, for Google's own APIs only. */
    Map<String, String> accessHeaders() throws IOException;

    /** The service account that this identity acts as, through these others, the last of which may act as it. */
    default GoogleIdentity actingAs(String serviceAccount, List<String> delegates, IamCredentialsApi api) {
        return new ImpersonatedIdentity(this, delegates, serviceAccount, api);
    }
}
