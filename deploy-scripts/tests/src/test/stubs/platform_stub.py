"""A stand-in for Heroku, as far as the scripts use it: refuses what the real tools refuse, and keeps a record.

STUB_STATE is a folder: `calls` has every command line, `config.json` the app's settings, `pushed` what came by git.
"""

import json
import os
import sys
from pathlib import Path

STATE = Path(os.environ["STUB_STATE"])
TOKEN = "HRKU-stub-token-5d1f"


def record(program, arguments):
    with open(STATE / "calls", "a") as calls:
        calls.write(" ".join([program, *arguments]) + "\n")


def fail(message, status=2):
    print(f"stub: {message}", file=sys.stderr)
    sys.exit(status)


def parse(arguments, with_value, without_value=()):
    """Positional arguments and flags; an unknown flag is an error, as with the real program."""
    positional, flags, rest = [], {}, list(arguments)
    while rest:
        word = rest.pop(0)
        if word in with_value:
            if not rest:
                fail(f"{word} expects a value")
            flags.setdefault(word, []).append(rest.pop(0))
        elif word in without_value:
            flags[word] = True
        elif word.startswith("-"):
            fail(f"nonexistent flag: {word}")
        else:
            positional.append(word)
    return positional, flags


def config():
    file = STATE / "config.json"
    return json.loads(file.read_text()) if file.exists() else {}


def app_exists(name):
    return (STATE / f"app-{name}").exists()
