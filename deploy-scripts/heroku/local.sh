#!/usr/bin/env bash
# The same container on this machine, beside a PostgreSQL and a fake S3 (moto). Nothing outlives `local.sh down`.
#
#   local.sh up      builds, starts, waits until it answers, prints what a client needs
#   local.sh down    removes containers, network and data
#
# In the environment, all optional: PORT (8080), BASIC_AUTH_USER (mlflow), BASIC_AUTH_PASSWORD (else made up and printed),
# LOCAL_NAME (mlflow-local; the containers' names begin with it), BASE_IMAGE (as in the Dockerfile),
# POSTGRES_IMAGE (postgres:17-bookworm), MOTO_IMAGE (motoserver/moto:5.2.5), MOTO_COMMAND (-H 0.0.0.0 -p 5000).
# Needs: docker, curl, openssl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

name=${LOCAL_NAME:-mlflow-local}
port=${PORT:-8080}

refuse() {
  printf 'local: %s\n' "$*" >&2
  exit 1
}

down() {
  docker rm -fv "$name-web" "$name-postgres" "$name-s3" >/dev/null 2>&1 || true
  docker network rm "$name" >/dev/null 2>&1 || true
}

build() {
  docker build -q ${BASE_IMAGE:+--build-arg "BASE_IMAGE=$BASE_IMAGE"} -t "$name" . >/dev/null
}

# Values go to docker by name (-e NAME), so that they are in no command line.
start_backends() {
  docker network create "$name" >/dev/null
  POSTGRES_PASSWORD=$database_password docker run -d --name "$name-postgres" --network "$name" \
    -e POSTGRES_PASSWORD "${POSTGRES_IMAGE:-postgres:17-bookworm}" >/dev/null
  # shellcheck disable=SC2086 # several words
  docker run -d --name "$name-s3" --network "$name" "${MOTO_IMAGE:-motoserver/moto:5.2.5}" \
    ${MOTO_COMMAND:--H 0.0.0.0 -p 5000} >/dev/null
}

# An anonymous PUT makes a bucket, because moto asks nobody who he is.
create_bucket() {
  run_in_network curl -fsS --retry 20 --retry-connrefused --retry-delay 1 -o /dev/null -X PUT "http://$name-s3:5000/artifacts"
}

run_in_network() { docker run --rm --network "$name" --entrypoint "" "$name" "$@"; }

start_web() {
  PORT=8080 DATABASE_URL="postgres://postgres:$database_password@$name-postgres:5432/postgres?sslmode=disable" \
    S3_LOCATION=s3://artifacts/mlflow AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1 \
    MLFLOW_S3_ENDPOINT_URL=http://$name-s3:5000 APP_HOST=localhost,127.0.0.1 \
    docker run -d --name "$name-web" --network "$name" --read-only --user 48211:0 --memory 512m -v /tmp \
    -p "127.0.0.1:$port:8080" -e PORT -e DATABASE_URL -e S3_LOCATION -e AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY \
    -e AWS_DEFAULT_REGION -e MLFLOW_S3_ENDPOINT_URL -e APP_HOST -e BASIC_AUTH_USER -e BASIC_AUTH_PASSWORD "$name" >/dev/null
}

wait_until_ready() {
  local second
  for ((second = 0; second < 60; second++)); do
    curl -fsS -o /dev/null "http://127.0.0.1:$port/health" 2>/dev/null && return
    [ "$(docker inspect -f '{{.State.Running}}' "$name-web")" = true ] || break
    sleep 1
  done
  docker logs --tail 5 "$name-web" >&2
  refuse 'the server did not get ready; its last lines are above.'
}

up() {
  local made_up=
  export BASIC_AUTH_USER=${BASIC_AUTH_USER:-mlflow}
  if [ -z "${BASIC_AUTH_PASSWORD:-}" ]; then
    BASIC_AUTH_PASSWORD=$(openssl rand -base64 24)
    made_up=1
  fi
  export BASIC_AUTH_PASSWORD
  database_password=$(openssl rand -hex 16)
  down
  build
  start_backends
  create_bucket
  start_web
  wait_until_ready
  echo "MLFLOW_TRACKING_URI=http://localhost:$port"
  echo "MLFLOW_TRACKING_USERNAME=$BASIC_AUTH_USER"
  [ -z "$made_up" ] || echo "MLFLOW_TRACKING_PASSWORD=$BASIC_AUTH_PASSWORD"
  # The fake S3 has no address outside, so no client may be sent there for large files.
  echo 'MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD=false'
  echo 'MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD=false'
}

case ${1:-} in
  up | down) "$1" ;;
  *) refuse 'usage: local.sh up | down' ;;
esac
