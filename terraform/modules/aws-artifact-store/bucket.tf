data "aws_region" "current" {}

data "aws_partition" "current" {}

# A typing error in the name of an existing bucket shows at plan time.
data "aws_s3_bucket" "existing" {
  count  = var.create_bucket ? 0 : 1
  bucket = var.bucket_name
}

locals {
  bucket     = var.create_bucket ? aws_s3_bucket.main[0].bucket : data.aws_s3_bucket.existing[0].bucket
  bucket_arn = "arn:${data.aws_partition.current.partition}:s3:::${local.bucket}"
}

# checkov:skip=CKV_AWS_18:access logs need a bucket of their own, which is the account's affair
# checkov:skip=CKV_AWS_144:replication doubles the cost; versioning covers overwrites and deletions
# checkov:skip=CKV2_AWS_62:nothing listens for events
# checkov:skip=CKV_AWS_145:kms_key_arn turns KMS on for those who want it
resource "aws_s3_bucket" "main" {
  count         = var.create_bucket ? 1 : 0
  bucket        = var.bucket_name
  force_destroy = var.force_destroy
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "main" {
  count                   = var.create_bucket ? 1 : 0
  bucket                  = aws_s3_bucket.main[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "main" {
  count  = var.create_bucket ? 1 : 0
  bucket = aws_s3_bucket.main[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "main" {
  count  = var.create_bucket ? 1 : 0
  bucket = aws_s3_bucket.main[0].id

  rule {
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_versioning" "main" {
  count  = var.create_bucket ? 1 : 0
  bucket = aws_s3_bucket.main[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "main" {
  count  = var.create_bucket ? 1 : 0
  bucket = aws_s3_bucket.main[0].id

  rule {
    id     = "remove-leftovers"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_version_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.main]
}

data "aws_iam_policy_document" "tls_only" {
  count = var.create_bucket ? 1 : 0

  statement {
    sid       = "DenyWithoutTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.bucket_arn, "${local.bucket_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "tls_only" {
  count  = var.create_bucket ? 1 : 0
  bucket = aws_s3_bucket.main[0].id
  policy = data.aws_iam_policy_document.tls_only[0].json

  depends_on = [aws_s3_bucket_public_access_block.main]
}
