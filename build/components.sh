#!/usr/bin/env bash
# Lists (check) or installs and starts (install) the external programs that the tests use.
set -euo pipefail
mode=${1:-check}
for program in nginx python3; do
  if command -v "$program" >/dev/null; then echo "component $program: found"; continue; fi
  if [ "$mode" = install ] && [ "$program" = nginx ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light >/dev/null
    echo "component $program: installed"
  else
    echo "component $program: missing"
  fi
done
