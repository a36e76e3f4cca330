"""Runs the command in its arguments as a process group and ends all of it when standard input closes.

The JVM holds the other end of standard input, so no server outlives it, not even after kill -9.
"""

import os
import signal
import subprocess
import sys
import threading
import time

TERM_SECONDS = 10


def signal_group(group, number):
    try:
        os.killpg(group, number)
        return True
    except ProcessLookupError:
        return False


def wait_until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)


def end(child):
    """The server itself is asked first, what it leaves behind after it, and what does not listen is killed."""
    child.terminate()
    wait_until(lambda: child.poll() is not None, TERM_SECONDS)
    if signal_group(child.pid, signal.SIGTERM):
        gone = lambda: not signal_group(child.pid, 0)
        wait_until(gone, 2)
        signal_group(child.pid, signal.SIGKILL)
        wait_until(gone, 1)


def end_with_parent(child):
    while os.read(0, 1):
        pass
    end(child)


def main():
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
    threading.Thread(target=end_with_parent, args=(child,), daemon=True).start()
    code = child.wait()
    end(child)
    os._exit(code if code >= 0 else 128 - code)  # without waiting for the thread that reads


main()
