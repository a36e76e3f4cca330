/** Google's IAM Credentials client as a token source. Start with {@code IamCredentialsTokens}. */
@NullMarked
package io.github.mlflowauth.examples.iamcredentials;

import org.jspecify.annotations.NullMarked;
