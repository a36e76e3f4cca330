#!/usr/bin/env python3
"""Writes the inputs and outputs of each Terraform module into its README, between the two markers.

    terraform/docs.py           writes
    terraform/docs.py --check   fails when a README is out of date
"""

import re
import sys
from pathlib import Path

BEGIN, END = "<!-- BEGIN inputs and outputs -->", "<!-- END inputs and outputs -->"
BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.M | re.S)


def attribute(body, name):
    found = re.search(rf"^  {name} *= (.*)$", body, re.M)
    return found.group(1).strip() if found else None


def text(body):
    return (attribute(body, "description") or "").strip('"').replace('\\"', '"').replace("|", "\\|")


def tables(folder):
    inputs, outputs = ["| input | type | default | what |", "|---|---|---|---|"], ["| output | what |", "|---|---|"]
    for file in sorted(folder.glob("*.tf")):
        for kind, name, body in BLOCK.findall(file.read_text()):
            if kind == "output":
                outputs.append(f"| `{name}` | {text(body)} |")
            else:
                default = attribute(body, "default")
                shown = "required" if default is None else f"`{default}`"
                inputs.append(f"| `{name}` | `{attribute(body, 'type')}` | {shown} | {text(body)} |")
    return "\n".join([BEGIN, "", *inputs, "", *outputs, "", END])


def main(check):
    stale = []
    for readme in sorted(Path(__file__).parent.glob("modules/*/README.md")):
        old = readme.read_text()
        if BEGIN not in old:
            stale.append(f"{readme}: the markers are missing")
            continue
        new = old[: old.index(BEGIN)] + tables(readme.parent) + old[old.index(END) + len(END) :]
        if new != old and check:
            stale.append(f"{readme}: out of date; run terraform/docs.py")
        elif new != old:
            readme.write_text(new)
    print("\n".join(stale), end="\n" if stale else "")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
