/**
 * An emulator of Google's Identity-Aware Proxy and of the token services around it. Start with
 * {@link io.github.mlflowauth.testkit.iap.IapEmulator}; in JUnit 5 with
 * {@link io.github.mlflowauth.testkit.iap.IapEmulatorExtension}. Each face of the emulator is one class.
 */
@NullMarked
package io.github.mlflowauth.testkit.iap;

import org.jspecify.annotations.NullMarked;
