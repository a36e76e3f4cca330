# checkov:skip=CKV_AWS_273:a server outside AWS has no role to take; its key reaches one prefix only
resource "aws_iam_user" "server" {
  name = var.user_name
  tags = var.tags
}

data "aws_iam_policy_document" "artifacts" {
  statement {
    sid = "Artifacts"
    actions = [
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
    ]
    resources = ["${local.bucket_arn}/${var.prefix}/*"]
  }

  statement {
    sid       = "ListArtifacts"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket_arn]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = [var.prefix, "${var.prefix}/*"]
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "EncryptArtifacts"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}

# checkov:skip=CKV_AWS_40:one user, one policy, both gone together
resource "aws_iam_user_policy" "artifacts" {
  name   = "artifacts"
  user   = aws_iam_user.server.name
  policy = data.aws_iam_policy_document.artifacts.json
}
