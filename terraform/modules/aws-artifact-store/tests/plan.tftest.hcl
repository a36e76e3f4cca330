# No account and no network: the provider's answers are made up, its checks of the arguments are not.
mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { id = "eu-central-1" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_s3_bucket" {
    defaults = { bucket = "team-artifacts" }
  }
}

variables {
  bucket_name = "team-artifacts"
}

run "a_bucket_is_hardened" {
  command = plan

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.main[0].block_public_acls,
      aws_s3_bucket_public_access_block.main[0].block_public_policy,
      aws_s3_bucket_public_access_block.main[0].ignore_public_acls,
      aws_s3_bucket_public_access_block.main[0].restrict_public_buckets,
    ])
    error_message = "Public access must be blocked."
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.main[0].rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "Object ACLs must be off."
  }
  assert {
    condition     = aws_s3_bucket_versioning.main[0].versioning_configuration[0].status == "Enabled"
    error_message = "Versioning must be on."
  }
  assert {
    condition     = one(data.aws_iam_policy_document.tls_only[0].statement[0].condition[*].variable) == "aws:SecureTransport"
    error_message = "Requests without TLS must be denied."
  }
  assert {
    condition     = aws_s3_bucket.main[0].force_destroy == false
    error_message = "A bucket with artifacts must survive a destroy."
  }
}

run "the_user_reaches_one_prefix" {
  command = plan

  variables {
    prefix = "parent/key/name"
  }

  assert {
    condition     = data.aws_iam_policy_document.artifacts.statement[0].resources == toset(["arn:aws:s3:::team-artifacts/parent/key/name/*"])
    error_message = "Objects outside the prefix must be out of reach."
  }
  assert {
    condition     = one(data.aws_iam_policy_document.artifacts.statement[1].condition[*].values) == tolist(["parent/key/name", "parent/key/name/*"])
    error_message = "Listing must be limited to the prefix."
  }
  assert {
    condition     = length(data.aws_iam_policy_document.artifacts.statement) == 2
    error_message = "There must be no further permission without a KMS key."
  }
  assert {
    condition     = output.app_config.S3_LOCATION == "s3://team-artifacts/parent/key/name"
    error_message = "The app's setting must name bucket and prefix."
  }
}

run "an_existing_bucket_is_left_alone" {
  command = plan

  variables {
    create_bucket = false
  }

  assert {
    condition     = length(aws_s3_bucket.main) + length(aws_s3_bucket_policy.tls_only) + length(aws_s3_bucket_lifecycle_configuration.main) == 0
    error_message = "Nothing of an existing bucket may be managed."
  }
}

run "external_makes_no_key" {
  command = plan

  variables {
    access_key_mode = "external"
  }

  assert {
    condition     = length(aws_iam_access_key.server) + length(aws_secretsmanager_secret_version.access_key) == 0
    error_message = "In mode external Terraform must not see a key."
  }
  assert {
    condition     = output.access_key_id == null
    error_message = "There is no key to name."
  }
}

run "pgp_puts_nothing_into_the_secret" {
  command = plan

  variables {
    access_key_mode = "pgp"
    pgp_key         = "keybase:someone"
  }

  assert {
    condition     = aws_iam_access_key.server[0].pgp_key == "keybase:someone" && length(aws_secretsmanager_secret_version.access_key) == 0
    error_message = "In mode pgp the key is encrypted and not copied."
  }
}

run "a_bad_bucket_name_is_refused" {
  command = plan

  variables {
    bucket_name = "Team_Artifacts"
  }

  expect_failures = [var.bucket_name]
}

run "a_bad_prefix_is_refused" {
  command = plan

  variables {
    prefix = "/mlflow/"
  }

  expect_failures = [var.prefix]
}

run "an_unknown_mode_is_refused" {
  command = plan

  variables {
    access_key_mode = "plain"
  }

  expect_failures = [var.access_key_mode]
}

run "pgp_without_its_key_is_refused" {
  command = plan

  variables {
    access_key_mode = "pgp"
  }

  expect_failures = [var.pgp_key]
}

run "a_recovery_window_that_aws_refuses_is_refused" {
  command = plan

  variables {
    secret_recovery_window_days = 3
  }

  expect_failures = [var.secret_recovery_window_days]
}
