/**
 * Gets requests through Google's Identity-Aware Proxy. Start with {@link io.github.mlflowauth.iap.IapAuth}, the
 * options; {@code MLFLOW_TRACKING_AUTH=iap} and {@code MlflowClients.forIap} find it by themselves. It finds the
 * machine's {@code GoogleIdentity}, makes tokens with it ({@code IapTokens}) and reads IAP's refusals
 * ({@code IapRequestAuth}).
 */
@NullMarked
package io.github.mlflowauth.iap;

import org.jspecify.annotations.NullMarked;
