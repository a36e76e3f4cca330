# shellcheck shell=bash
# What deploy.sh and rotate-password.sh share: steps, refusals and Heroku's Platform API. Sourced, not run.

refuse() {
  printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2
  exit 1
}

needs() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || refuse "$program is not installed."
  done
}

# Prints a command, and runs it unless this is a dry run.
step() {
  printf '+ %s\n' "$*"
  [ -n "${dry_run:-}" ] || "$@"
}

# The same rules as the container's, so that a bad password fails here and not in a crashing dyno.
check_password() {
  ((${#1} >= 16)) || refuse 'BASIC_AUTH_PASSWORD is shorter than 16 characters. Make one: openssl rand -base64 24'
  ((${#1} <= 128)) || refuse 'BASIC_AUTH_PASSWORD is longer than 128 characters.'
  [[ $1 =~ ^[^[:cntrl:]]*$ ]] || refuse 'BASIC_AUTH_PASSWORD holds a control character.'
}

# platform METHOD PATH: the body, if any, comes from standard input; the token goes to curl through a pipe of its own.
platform() {
  local method=$1 url=https://api.heroku.com$2 body=()
  [ "$method" = GET ] || body=(--data-binary @-)
  curl --fail-with-body --silent --show-error --max-time 60 --request "$method" \
    --header 'Accept: application/vnd.heroku+json; version=3' --header 'Content-Type: application/json' \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$(heroku auth:token 2>/dev/null)") "${body[@]}" "$url" \
    || refuse "Heroku's API refused $method $2. Is the CLI logged in (heroku login)?"
}

# Stars for the values that are secret.
mask() { jq 'with_entries(if .key | test("PASSWORD|SECRET|KEY_ID") then .value = "****" else . end)'; }
