package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A long body whose bytes follow from their place. */
final class Pattern extends InputStream {
    private final long size;
    private long position;

    Pattern(long size) {
        this.size = size;
    }

    private static byte at(long position) {
        return (byte) (position * 31 + (position >> 13));
    }

    @Override
    public int read() {
        return position < size ? at(position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int count = (int) Math.min(length, size - position);
        for (int i = 0; i < count; i++) {
            buffer[offset + i] = at(position++);
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    /** Takes only the right bytes. */
    static final class Checker extends OutputStream {
        private long position;

        @Override
        public void write(int value) throws IOException {
            if ((byte) value != at(position)) {
                throw new IOException("wrong byte at " + position);
            }
            position++;
        }
    }
}
