package io.github.mlflowauth;

import org.mlflow.tracking.MlflowClientException;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Message;
import org.mlflow_project.google.protobuf.MessageOrBuilder;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/** MLflow's messages as JSON, with the field names of the REST API; fields that this version doesn't know are ignored. */
final class ProtoJson {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().preservingProtoFieldNames();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private ProtoJson() {}

    static String print(MessageOrBuilder message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new MlflowClientException("Can't write " + message.getClass().getName() + " as JSON.", e);
        }
    }

    static <B extends Message.Builder> B parse(String json, B into) {
        try {
            PARSER.merge(json, into);
            return into;
        } catch (InvalidProtocolBufferException e) {
            throw new MlflowClientException(
                    "The server's answer doesn't fit "
                            + into.getDescriptorForType().getFullName() + ": " + e.getMessage()
                            + ". Does the server run a version of MLflow that this client supports?",
                    e);
        }
    }
}
