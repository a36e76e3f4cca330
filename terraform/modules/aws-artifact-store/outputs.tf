output "bucket" {
  description = "Name of the bucket."
  value       = local.bucket
}

output "user_name" {
  description = "Name of the IAM user."
  value       = aws_iam_user.server.name
}

output "secret_arn" {
  description = "ARN of the secret with the access key (empty in modes `external` and `pgp` until you fill it)."
  value       = aws_secretsmanager_secret.access_key.arn
}

output "secret_name" {
  description = "Name of that secret, for deploy.sh --aws-secret."
  value       = aws_secretsmanager_secret.access_key.name
}

output "access_key_id" {
  description = "Id of the access key (not secret); null in mode `external`."
  value       = one(aws_iam_access_key.server[*].id)
}

output "encrypted_secret_access_key" {
  description = "Mode `pgp`: the secret access key, encrypted for `pgp_key`, base64."
  value       = one(aws_iam_access_key.server[*].encrypted_secret)
}

output "app_config" {
  description = "The app's settings that are not secret."
  value = {
    S3_LOCATION        = "s3://${local.bucket}/${var.prefix}"
    AWS_DEFAULT_REGION = data.aws_region.current.id
  }
}
