#!/usr/bin/env bash
# Gives the app a new Basic auth password. The app restarts with it; from then on the old one is refused.
#
#   rotate-password.sh --app NAME [--stdin] [--dry-run]
#
# Without --stdin it makes a password of 32 characters and prints it once, on standard output, for your password store:
#   rotate-password.sh --app NAME | your-password-store
# Needs: heroku (logged in), curl, jq, openssl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source-path=SCRIPTDIR source=platform.sh
. ./platform.sh

app='' from_stdin='' dry_run=''
while [ $# -gt 0 ]; do
  case $1 in
    --app) app=${2:-} && shift "$(($# > 1 ? 2 : 1))" ;;
    --stdin) from_stdin=1 && shift ;;
    --dry-run) dry_run=1 && shift ;;
    *) refuse "unknown argument $1. Usage: rotate-password.sh --app NAME [--stdin] [--dry-run]" ;;
  esac
done
[ -n "$app" ] || refuse '--app needs a name.'
needs heroku curl jq openssl

if [ -n "$from_stdin" ]; then
  IFS= read -r password || [ -n "${password:-}" ] || refuse 'no password on standard input.'
else
  password=$(openssl rand -base64 24)
fi
check_password "$password"

if [ -n "$dry_run" ]; then
  echo "Would set BASIC_AUTH_PASSWORD=**** of $app (${#password} characters)." >&2
  exit
fi
BASIC_AUTH_PASSWORD=$password jq -n '$ENV | {BASIC_AUTH_PASSWORD}' | platform PATCH "/apps/$app/config-vars" >/dev/null
echo "The app $app restarts with the new password." >&2
[ -n "$from_stdin" ] || printf '%s\n' "$password"
