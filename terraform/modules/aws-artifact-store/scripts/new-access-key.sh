#!/usr/bin/env bash
# Makes a new access key for the IAM user and pipes it straight into the secret: it is printed nowhere, written to no
# file and on no command line. For access_key_mode = "external", and to rotate the key in that mode.
#
#   new-access-key.sh --user NAME --secret NAME [--delete-old]
#
# --delete-old removes the user's other keys afterwards: first restart the server with the new one.
# Needs the AWS CLI with rights on that user's keys and that secret.
set -euo pipefail

refuse() {
  printf 'new-access-key: %s\n' "$*" >&2
  exit 1
}

user='' secret='' delete_old=
while [ $# -gt 0 ]; do
  case $1 in
    --user) user=${2:?--user needs a name} && shift 2 ;;
    --secret) secret=${2:?--secret needs a name} && shift 2 ;;
    --delete-old) delete_old=1 && shift ;;
    *) refuse "unknown argument; usage: new-access-key.sh --user NAME --secret NAME [--delete-old]" ;;
  esac
done
[ -n "$user" ] && [ -n "$secret" ] || refuse 'usage: new-access-key.sh --user NAME --secret NAME [--delete-old]'

existing_keys() {
  aws iam list-access-keys --user-name "$user" --query 'AccessKeyMetadata[].AccessKeyId' --output text | tr '\t' '\n' | sed '/^None$/d'
}

old_keys=$(existing_keys)
if [ "$(grep -c . <<<"$old_keys")" -ge 2 ]; then
  refuse "$user has two keys, and AWS allows no third. Delete the one that is not in use: aws iam delete-access-key --user-name $user --access-key-id ID"
fi

# The query gives the JSON form that the secret has: {"AccessKey": …, "SecretAccessKey": …}.
key=$(aws iam create-access-key --user-name "$user" --output json \
  --query 'AccessKey.{AccessKey: AccessKeyId, SecretAccessKey: SecretAccessKey}')
new_key=$(sed -nE 's/.*"AccessKey": "([A-Z0-9]+)".*/\1/p' <<<"$key")

if ! aws secretsmanager put-secret-value --secret-id "$secret" --secret-string file:///dev/stdin \
  --query VersionId --output text <<<"$key" >/dev/null; then
  aws iam delete-access-key --user-name "$user" --access-key-id "$new_key"
  refuse "the key could not be put into the secret $secret, so it was deleted again."
fi
unset key
echo "Key $new_key of $user is in the secret $secret."

if [ -n "$delete_old" ]; then
  for old in $old_keys; do
    aws iam delete-access-key --user-name "$user" --access-key-id "$old"
    echo "Key $old is deleted."
  done
elif [ -n "$old_keys" ]; then
  echo "Still valid: $old_keys. When the app has the new key: aws iam delete-access-key --user-name $user --access-key-id $old_keys"
fi
