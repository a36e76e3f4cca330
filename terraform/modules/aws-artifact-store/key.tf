# checkov:skip=CKV_AWS_149:kms_key_arn turns a customer key on for those who want it
# checkov:skip=CKV2_AWS_57:scripts/new-access-key.sh and access_key_version rotate it; Lambda would need a key itself
resource "aws_secretsmanager_secret" "access_key" {
  name                    = var.secret_name
  description             = "Access key of ${var.user_name} for ${var.bucket_name}/${var.prefix}"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.secret_recovery_window_days
  tags                    = var.tags
}

resource "terraform_data" "access_key_version" {
  input = var.access_key_version
}

# In mode `state` the provider keeps the secret half of the key in the state, because AWS shows it only once.
resource "aws_iam_access_key" "server" {
  count   = var.access_key_mode == "external" ? 0 : 1
  user    = aws_iam_user.server.name
  pgp_key = var.pgp_key

  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.access_key_version]
  }
}

resource "aws_secretsmanager_secret_version" "access_key" {
  count     = var.access_key_mode == "state" ? 1 : 0
  secret_id = aws_secretsmanager_secret.access_key.id

  # Write-only: this resource adds no second copy to the state.
  secret_string_wo = jsonencode({
    AccessKey       = aws_iam_access_key.server[0].id
    SecretAccessKey = aws_iam_access_key.server[0].secret
  })
  # A new key, for whatever reason, is a new version.
  secret_string_wo_version = parseint(substr(sha256(aws_iam_access_key.server[0].id), 0, 7), 16)
}
