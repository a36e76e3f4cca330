package io.github.mlflowauth.trainingjob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Rows of numbers with a label each, as XGBoost wants them: row after row, NaN where a value is missing. */
record DataSet(List<String> names, float[] features, float[] labels) {
    private static final int VALIDATION_SHARE = 5;

    /**
     * Reads comma-separated lines.
     *
     * @param lines the header, then one line for each row; the last column is the label
     */
    static DataSet parse(List<String> lines) {
        if (lines.size() < 2 || !lines.get(0).contains(",")) {
            throw new IllegalArgumentException(
                    "The data set needs a header with at least two columns, and a row below it.");
        }
        List<String> header = List.of(lines.get(0).split(",", -1));
        int columns = header.size() - 1;
        int rows = lines.size() - 1;
        float[] features = new float[rows * columns];
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++) {
            float[] values = numbers(lines.get(row + 1), row + 2, header.size());
            System.arraycopy(values, 0, features, row * columns, columns);
            labels[row] = values[columns];
        }
        return new DataSet(header.subList(0, columns), features, labels);
    }

    private static float[] numbers(String line, int lineNumber, int wanted) {
        String[] cells = line.split(",", -1);
        if (cells.length != wanted) {
            throw new IllegalArgumentException("The data set's line " + lineNumber + " has " + cells.length
                    + " columns, but its header has " + wanted + ".");
        }
        float[] values = new float[wanted];
        for (int i = 0; i < wanted; i++) {
            values[i] = number(cells[i].trim(), lineNumber);
        }
        return values;
    }

    private static float number(String cell, int lineNumber) {
        try {
            return cell.isEmpty() ? Float.NaN : Float.parseFloat(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The data set's line " + lineNumber + " has '" + cell + "' where a number should be.", e);
        }
    }

    /** Every fifth row for validation, the others for training. */
    DataSet part(boolean validation) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < labels.length; row++) {
            if ((row % VALIDATION_SHARE == 0) == validation) {
                rows.add(row);
            }
        }
        int columns = names.size();
        float[] partFeatures = new float[rows.size() * columns];
        float[] partLabels = new float[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(features, rows.get(i) * columns, partFeatures, i * columns, columns);
            partLabels[i] = labels[rows.get(i)];
        }
        return new DataSet(names, partFeatures, partLabels);
    }

    /** The same for XGBoost; whoever calls disposes of it. */
    DMatrix toMatrix() throws XGBoostError {
        DMatrix matrix = new DMatrix(features, labels.length, names.size(), Float.NaN);
        matrix.setLabel(labels);
        matrix.setFeatureNames(names.toArray(new String[0]));
        return matrix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataSet that
                && names.equals(that.names)
                && Arrays.equals(features, that.features)
                && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(features) + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return labels.length + " rows of " + names;
    }
}
