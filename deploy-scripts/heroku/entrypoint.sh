#!/usr/bin/env bash
# Checks the settings, then runs nginx (Basic auth) and MLflow, which live and die together.
#   web      (default) the server       migrate   the release phase: the database's schema, once
# Secrets stay in the environment, in pipes and in files of mode 0600: never on a command line, never in the log.
set -euo pipefail
umask 077

gate=/opt/gate
run_dir= # nginx's configuration and password file
stopping=
declare -A family # see list_family
exec {pause}<> <(:) # a pipe that nobody writes to: `read -t` on it waits without a process of its own

log() { printf 'mlflow-gate: %s\n' "$*" >&2; }

refuse() {
  log "$*"
  exit 1
}

# ---- settings -------------------------------------------------------------------------------------------------

require() {
  local name
  for name in "$@"; do
    [ -n "${!name:-}" ] || refuse "$name is not set. Set it in the app's configuration (README.md lists all of them)."
  done
}

# matches NAME REGEX WHAT: the value is not printed, it may be a secret in the wrong place.
matches() {
  [[ ${!1} =~ $2 ]] || refuse "$1 is not $3."
}

read_port() {
  require PORT
  matches PORT '^[0-9]{1,5}$' 'a port number'
  ((10#$PORT >= 1 && 10#$PORT <= 65535)) || refuse 'PORT is not a port number.'
  PORT=$((10#$PORT))
  mlflow_port=5001
  [ "$PORT" != "$mlflow_port" ] || mlflow_port=5002
}

read_database() {
  require DATABASE_URL
  matches DATABASE_URL '^postgres(ql)?://[^[:space:]]+$' 'a PostgreSQL URL (postgres://USER:PASSWORD@HOST:PORT/NAME)'
  local url=postgresql://${DATABASE_URL#*://}
  case $url in
    *[?\&]sslmode=*) ;;
    *\?*) url+='&sslmode=require' ;;
    *) url+='?sslmode=require' ;;
  esac
  export MLFLOW_BACKEND_STORE_URI=$url
  unset DATABASE_URL
}

read_credentials() {
  require BASIC_AUTH_USER BASIC_AUTH_PASSWORD
  matches BASIC_AUTH_USER '^[^:[:cntrl:]]{1,64}$' 'a user name: 1 to 64 characters without a colon'
  matches BASIC_AUTH_PASSWORD '^[^[:cntrl:]]*$' 'a password: it holds a control character'
  ((${#BASIC_AUTH_PASSWORD} >= 16)) || refuse 'BASIC_AUTH_PASSWORD is shorter than 16 characters. Make one: openssl rand -base64 24'
  ((${#BASIC_AUTH_PASSWORD} <= 128)) || refuse 'BASIC_AUTH_PASSWORD is longer than 128 characters.'
  case ${BASIC_AUTH_PASSWORD,,} in
    *password* | *change?me* | *changeme* | *replace?me* | *example* | "${BASIC_AUTH_USER,,}" | 1234567890123456*)
      refuse 'BASIC_AUTH_PASSWORD is a default or easily guessed one. Make one: openssl rand -base64 24' ;;
  esac
}

read_artifacts() {
  require S3_LOCATION AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
  matches S3_LOCATION '^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^[:space:]?#]*)?$' 'an S3 location (s3://BUCKET/PREFIX)'
  matches AWS_ACCESS_KEY_ID '^[A-Za-z0-9_]+$' 'an AWS access key id'
  matches AWS_SECRET_ACCESS_KEY '^[^[:space:][:cntrl:]]+$' 'an AWS secret access key: it holds white space'
  [ -z "${MLFLOW_S3_ENDPOINT_URL:-}" ] || matches MLFLOW_S3_ENDPOINT_URL '^https?://[^[:space:]]+$' 'an http or https URL'
  case ${ARTIFACT_ACCESS:=proxy} in
    # The server keeps the AWS key to itself; clients send files through it.
    proxy) artifact_options=(--serve-artifacts --artifacts-destination "${S3_LOCATION%/}") ;;
    # Each client talks to S3 with an AWS key of its own.
    direct) artifact_options=(--no-serve-artifacts --default-artifact-root "${S3_LOCATION%/}") ;;
    *) refuse 'ARTIFACT_ACCESS is neither proxy nor direct.' ;;
  esac
}

# MLflow answers 403 to every other Host, and to requests of pages from every other origin.
read_hosts() {
  require APP_HOST
  local host hosts=() origins=() list=${APP_HOST//[[:space:]]/}
  IFS=, read -r -a hosts <<<"$list"
  [ "${#hosts[@]}" -gt 0 ] || refuse 'APP_HOST holds no host name.'
  allowed_hosts=
  for host in "${hosts[@]}"; do
    [[ $host =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$ ]] \
      || refuse 'APP_HOST is not a list of host names (no https://, no path; several are parted by commas).'
    host=${host,,}
    origins+=("https://$host")
    case $host in
      *:*) allowed_hosts+=",$host" ;;
      *) allowed_hosts+=",$host,$host:*" ;;
    esac
  done
  allowed_hosts=${allowed_hosts#,}
  allowed_origins=$(IFS=, && printf '%s' "${origins[*]}")
}

# ---- how much fits into this dyno -----------------------------------------------------------------------------

# The container's memory in MB: what the kernel allows it, at most what the machine has.
memory_mb() {
  local file bytes kb machine_mb
  while read -r file kb _; do [ "$file" != MemTotal: ] || machine_mb=$((kb / 1024)); done </proc/meminfo
  for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    if [ -r "$file" ] && read -r bytes <"$file" && [[ $bytes =~ ^[0-9]+$ ]] && ((bytes / 1048576 < machine_mb)); then
      echo $((bytes / 1048576))
      return
    fi
  done
  echo "$machine_mb"
}

# One worker and its idle parent take 430 MB, each further worker 190 MB and room to breathe. Two generations of the app
# overlap during a deployment, each worker keeps two pools of connections (runs, models), and no pool is smaller than 2.
read_size() {
  local memory connections=${DATABASE_CONNECTIONS:-20} by_memory by_connections most
  [[ $connections =~ ^[1-9][0-9]{0,3}$ ]] || refuse 'DATABASE_CONNECTIONS is not a number of connections.'
  memory=$(memory_mb)
  by_memory=$((memory < 480 ? 0 : 1 + (memory - 480) / 250))
  by_connections=$(((connections / 2 - 1) / 4))
  ((by_memory >= 1)) || refuse "This container has $memory MB of memory; MLflow needs 512 MB (a basic or standard-1x dyno)."
  ((by_connections >= 1)) || refuse "DATABASE_CONNECTIONS=$connections is too few; MLflow needs 10."
  most=$((by_memory < by_connections ? by_memory : by_connections))
  workers=${WEB_CONCURRENCY:-$((most < 4 ? most : 4))}
  [[ $workers =~ ^[1-9][0-9]?$ ]] || refuse 'WEB_CONCURRENCY is not a number of workers.'
  ((workers <= most)) || refuse "WEB_CONCURRENCY asks for $workers workers; $memory MB and $connections database connections hold $most. Unset it, or take a larger dyno or database plan."
  size_pools $(((connections / 2 - 1) / (2 * workers)))
}

# MLflow takes an overflow of 0 for unset, and unset is 10.
size_pools() {
  export MLFLOW_SQLALCHEMYSTORE_POOL_SIZE=$((($1 + 1) / 2))
  export MLFLOW_SQLALCHEMYSTORE_MAX_OVERFLOW=$(($1 / 2))
  export MLFLOW_SQLALCHEMYSTORE_POOL_RECYCLE=300
}

# ---- nginx ----------------------------------------------------------------------------------------------------

# `printf` is the shell's own, so the password is in no process's arguments.
write_password_files() {
  local hash header
  hash=$(printf '%s' "$BASIC_AUTH_PASSWORD" | openssl passwd -6 -stdin)
  printf '%s:%s\n' "$BASIC_AUTH_USER" "$hash" >"$run_dir/htpasswd"
  header=$(printf '%s:%s' "$BASIC_AUTH_USER" "$BASIC_AUTH_PASSWORD" | base64 -w 0)
  printf '"~^(?i:basic) +%s$" "";\n' "${header//+/\\+}" >"$run_dir/right-password.map"
  unset BASIC_AUTH_USER BASIC_AUTH_PASSWORD
}

write_nginx_files() {
  run_dir=$(mktemp -d /tmp/gate.XXXXXX) || refuse '/tmp is not writable; the container needs it.'
  write_password_files
  # shellcheck disable=SC2016 # envsubst wants the names, not the values
  PORT=$PORT MLFLOW_PORT=$mlflow_port RUN_DIR=$run_dir envsubst '${PORT} ${MLFLOW_PORT} ${RUN_DIR}' \
    <"$gate/nginx.conf.template" >"$run_dir/nginx.conf"
}

start_nginx() {
  # An environment of its own: nginx needs none of the secrets.
  env -i PATH="$PATH" nginx -e stderr -c "$run_dir/nginx.conf" &
  nginx=$!
}

# ---- MLflow ---------------------------------------------------------------------------------------------------

# A new database gets its schema here; an old one only by the release phase. nginx answers meanwhile: the platform
# waits no more than 60 seconds for the port.
fill_empty_database() {
  [ "$schema" = empty ] || return 0
  local status=0
  python "$gate/database.py" migrate &
  wait $! || status=$?
  ((status == 0)) && [ -z "$stopping" ] && return
  kill -TERM $! "$nginx" 2>/dev/null || true
  [ -z "$stopping" ] || exit 0
  exit "$status"
}

# Job execution is off: it alone would take 1 GB and eight processes.
start_mlflow() {
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false MLFLOW_DISABLE_TELEMETRY=true MALLOC_ARENA_MAX=2 \
    mlflow server --host 127.0.0.1 --port "$mlflow_port" --workers "$workers" \
    --allowed-hosts "$allowed_hosts" --cors-allowed-origins "$allowed_origins" "${artifact_options[@]}" &
  mlflow=$!
}

# ---- life and death -------------------------------------------------------------------------------------------

wait_a_bit() { read -r -t "$1" -u "$pause" || true; }

# ends_within SECONDS PID: true when the process is gone in time.
ends_within() {
  local tenth
  for ((tenth = 0; tenth < $1 * 10; tenth++)); do
    kill -0 "$2" 2>/dev/null || return 0
    wait_a_bit 0.1
  done
  return 1
}

end() {
  kill -TERM "$1" 2>/dev/null || return 0
  ends_within "$2" "$1" || kill -KILL "$1" 2>/dev/null || true
}

# nginx and MLflow each bring up workers that the shell can't wait for; their masters would quietly replace a dead
# one. Whoever is seen in two looks one second apart belongs to the server, and when it is gone, all ends.
watch_workers() {
  local -A seen=() known=()
  local pid
  while wait_a_bit 1; do
    list_family
    for pid in "${!known[@]}"; do
      [ -n "${family[$pid]:-}" ] || { log "worker process $pid (${known[$pid]}) is gone."; return 1; }
    done
    for pid in "${!family[@]}"; do
      [ -z "${seen[$pid]:-}" ] || known[$pid]=${family[$pid]}
      seen[$pid]=1
    done
  done
}

# Fills `family`: pid → name of the living workers below nginx and MLflow. Their short-lived helpers do not count.
list_family() {
  local -A parent=() name=()
  local file line pid up
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || continue
    pid=${line%% *} up=${line##*) }
    [ "${up%% *}" != Z ] || continue
    up=${up#* } parent[$pid]=${up%% *} name[$pid]=${line#*(} name[$pid]=${name[$pid]%%)*}
  done
  family=()
  for pid in "${!parent[@]}"; do
    [[ ${name["$pid"]} =~ ^(nginx|python) ]] || continue
    up=${parent[$pid]}
    while [ -n "${parent[$up]:-}" ] && [ "$up" != "$nginx" ] && [ "$up" != "$mlflow" ]; do up=${parent[$up]}; done
    if [ "$up" = "$nginx" ] || [ "$up" = "$mlflow" ]; then family[$pid]=${name["$pid"]}; fi
  done
}

# A stop that was asked for: nginx takes no new request and finishes those that it has, then MLflow may go. That
# works where PID 1 alone is told (Docker; so tini runs without -g). Heroku tells every process at once.
stop_in_order() {
  log 'stopping: finishing the requests under way.'
  kill -TERM "$watcher" 2>/dev/null || true
  kill -QUIT "$nginx" 2>/dev/null || true
  ends_within 8 "$nginx" || end "$nginx" 1
  end "$mlflow" 1
  exit 0
}

serve() {
  read_port
  read_credentials
  read_artifacts
  read_hosts
  read_database
  read_size
  schema=$(python "$gate/database.py" check) || exit 1
  write_nginx_files
  log "port $PORT, $workers worker(s), $ARTIFACT_ACCESS artifacts, hosts $allowed_hosts."
  trap 'stopping=1' TERM INT
  start_nginx
  fill_empty_database
  start_mlflow
  watch_workers &
  watcher=$!
  supervise
}

supervise() {
  local status=0 dead
  wait -n -p dead "$nginx" "$mlflow" "$watcher" || status=$?
  # A platform that tells every process may reach a child first.
  [ -n "$stopping" ] || wait_a_bit 0.5
  [ -z "$stopping" ] || stop_in_order
  case ${dead:-} in
    "$nginx") dead=nginx ;;
    "$mlflow") dead=MLflow ;;
    *) dead='a worker' ;;
  esac
  log "$dead ended by itself (status $status): ending everything, so that the platform starts a new container."
  kill -TERM "$watcher" "$nginx" 2>/dev/null || true
  end "$mlflow" 2
  end "$nginx" 1
  # A child that ended with 0 is no success here.
  exit $((status == 0 ? 1 : status))
}

migrate() {
  read_database
  exec python "$gate/database.py" migrate
}

case $(basename "$0") in
  web | migrate) set -- "$(basename "$0")" ;;
esac
case ${1:-web} in
  web) serve ;;
  migrate) migrate ;;
  *) exec "$@" ;;
esac
