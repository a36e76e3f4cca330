package io.github.mlflowauth.cli.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the host has an address, and whether something listens there. */
final class NetworkChecks {
    private final Patient patient;

    NetworkChecks(Patient patient) {
        this.patient = patient;
    }

    Finding name(String check) {
        if (patient.isProxied()) {
            return Finding.notChecked(check, "a proxy is set, which looks the name up itself");
        }
        try {
            String addresses = Stream.of(InetAddress.getAllByName(patient.host()))
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
            return Finding.ok(check, patient.host() + " is " + addresses);
        } catch (UnknownHostException e) {
            return Finding.problem(
                    check,
                    "the host name " + patient.host() + " can't be resolved",
                    "Check its spelling in MLFLOW_TRACKING_URI, and this machine's network and VPN. If a proxy must be"
                            + " used, set HTTPS_PROXY.");
        }
    }

    Finding port(String check) {
        if (patient.isProxied()) {
            return Finding.notChecked(check, "a proxy is set, which connects itself");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(patient.host(), patient.port()), patient.millis());
            return Finding.ok(check, "port " + patient.port() + " answers");
        } catch (ConnectException e) {
            return Finding.problem(
                    check,
                    "nothing listens on port " + patient.port() + " of " + patient.host(),
                    "Start the server, or check the port in MLFLOW_TRACKING_URI (without one it is 443 for https and 80"
                            + " for http).");
        } catch (SocketTimeoutException e) {
            return Finding.problem(
                    check,
                    "port " + patient.port() + " of " + patient.host() + " didn't answer in time",
                    "A firewall may drop the packets: check the network, VPN and the server's allowed addresses.");
        } catch (IOException e) {
            return Finding.problem(
                    check,
                    "port " + patient.port() + " can't be reached (" + e.getMessage() + ")",
                    "Check the network and the address in MLFLOW_TRACKING_URI.");
        }
    }
}
