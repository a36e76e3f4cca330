#!/usr/bin/env bash
# Puts this folder on Heroku: app, container stack, PostgreSQL, settings, code. Run it again at any time: what is there
# stays, what differs is set.
#
#   deploy.sh --app NAME --s3 s3://BUCKET/PREFIX [--aws-secret NAME] [--region us|eu] [--team NAME]
#             [--domain HOST[,HOST]] [--dry-run]
#
# In the environment:  BASIC_AUTH_USER, BASIC_AUTH_PASSWORD (first time only), AWS_DEFAULT_REGION (of the bucket), and
# either AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or --aws-secret, which reads them from Secrets Manager with the AWS
# CLI.  Settings go to the Platform API in the body of one request, from standard input: no secret is ever on a command
# line.  --dry-run prints the steps with masked values and changes nothing.
# Needs: heroku (logged in), git, curl, jq; aws with --aws-secret.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source-path=SCRIPTDIR source=platform.sh
. ./platform.sh

usage() { sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; }

app='' s3='' aws_secret='' region=us team='' domain='' dry_run=''
while [ $# -gt 0 ]; do
  case $1 in
    --app | --s3 | --aws-secret | --region | --team | --domain)
      [ -n "${2:-}" ] || refuse "$1 needs a value."
      name=${1#--}
      printf -v "${name//-/_}" '%s' "$2"
      shift 2 ;;
    --dry-run) dry_run=1 && shift ;;
    --help) usage && exit ;;
    *) refuse "unknown argument $1. See deploy.sh --help." ;;
  esac
done

check_arguments() {
  [[ $app =~ ^[a-z][a-z0-9-]{1,28}[a-z0-9]$ ]] || refuse '--app needs a name of 3 to 30 lower-case letters, digits and hyphens.'
  [[ $s3 =~ ^s3://[a-z0-9][a-z0-9.-]+[a-z0-9](/.*)?$ ]] || refuse '--s3 needs a location (s3://BUCKET/PREFIX).'
  [[ $region =~ ^(us|eu)$ ]] || refuse '--region is us or eu.'
  needs heroku git curl jq
  [ -z "$aws_secret" ] || needs aws
  [ -z "${BASIC_AUTH_PASSWORD:-}" ] || check_password "$BASIC_AUTH_PASSWORD"
}

create_app() {
  if heroku apps:info --app "$app" --json >/dev/null 2>&1; then
    echo "The app $app is there."
  else
    step heroku apps:create "$app" --stack container --region "$region" --no-remote ${team:+--team "$team"}
  fi
  step heroku stack:set container --app "$app"
}

# essential-0: 1 GB and 20 connections, the cheapest plan.
create_database() {
  if heroku addons:info DATABASE --app "$app" >/dev/null 2>&1; then
    echo 'The database is there.'
  else
    step heroku addons:create heroku-postgresql:essential-0 --app "$app" --as DATABASE --wait
  fi
}

# The app's name is not its host: Heroku adds twelve characters to it.
read_hosts() {
  hosts=${domain:+$domain,}
  if [ -n "$dry_run" ]; then
    hosts+="$app-xxxxxxxxxxxx.herokuapp.com"
  else
    hosts+=$(platform GET "/apps/$app" | jq -er '.web_url | sub("^https?://"; "") | sub("/.*$"; "")')
  fi
}

read_aws_key() {
  [ -n "$aws_secret" ] || return 0
  local key
  key=$(aws secretsmanager get-secret-value --secret-id "$aws_secret" --query SecretString --output text) \
    || refuse "the secret $aws_secret can't be read. Is the AWS CLI logged in, in the right region?"
  AWS_ACCESS_KEY_ID=$(jq -er .AccessKey <<<"$key") || refuse "the secret $aws_secret holds no AccessKey."
  AWS_SECRET_ACCESS_KEY=$(jq -er .SecretAccessKey <<<"$key") || refuse "the secret $aws_secret holds no SecretAccessKey."
}

# Only what is given is set; what the app has already stays.
settings() {
  jq -n '$ENV | {S3_LOCATION, APP_HOST, BASIC_AUTH_USER, BASIC_AUTH_PASSWORD, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_DEFAULT_REGION, MLFLOW_S3_ENDPOINT_URL, ARTIFACT_ACCESS} | with_entries(select((.value // "") != ""))'
}

configure() {
  export S3_LOCATION=$s3 APP_HOST=$hosts
  export BASIC_AUTH_USER BASIC_AUTH_PASSWORD AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
  if [ -n "$dry_run" ]; then
    echo 'Would set: '
    settings | mask
    return
  fi
  local have changed missing
  have=$(platform GET "/apps/$app/config-vars")
  missing=$(settings | jq -r --slurpfile have <(printf '%s' "$have") \
    '["BASIC_AUTH_USER", "BASIC_AUTH_PASSWORD", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] - keys - ($have[0] | keys) | join(", ")')
  [ -z "$missing" ] || refuse "the app has no $missing yet: put it into the environment (or use --aws-secret)."
  # What is set already is not sent: each change restarts the app.
  changed=$(settings | jq --slurpfile have <(printf '%s' "$have") 'with_entries(select(.value != $have[0][.key]))')
  if [ "$changed" = '{}' ]; then
    echo 'The settings are there.'
  else
    platform PATCH "/apps/$app/config-vars" <<<"$changed" >/dev/null
    jq -r '"Set: \(keys | join(", "))"' <<<"$changed"
  fi
}

# A repository of its own with this folder as its root, because heroku.yml must be at the root of what is pushed.
push() {
  if [ -n "$dry_run" ]; then
    step git push "https://git.heroku.com/$app.git" HEAD:refs/heads/main --force
    return
  fi
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  cp Dockerfile heroku.yml nginx.conf.template entrypoint.sh database.py requirements.lock "$copy"
  git -C "$copy" init -q -b main
  git -C "$copy" add -A
  # The same content gives the same commit, so that a second push has nothing to do.
  GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z' \
    git -C "$copy" -c user.name=deploy -c user.email=deploy@localhost commit -q -m 'MLflow for Heroku'
  git -C "$copy" push --force "https://git.heroku.com/$app.git" HEAD:refs/heads/main
}

unset S3_LOCATION APP_HOST # come from the arguments
: "${BASIC_AUTH_USER:=}" "${BASIC_AUTH_PASSWORD:=}" "${AWS_ACCESS_KEY_ID:=}" "${AWS_SECRET_ACCESS_KEY:=}"
check_arguments
create_app
create_database
read_hosts
read_aws_key
configure
push
echo "MLFLOW_TRACKING_URI=https://${hosts##*,}"
