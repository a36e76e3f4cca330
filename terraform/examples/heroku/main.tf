terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region = var.region
}

module "artifact_store" {
  source = "../../modules/aws-artifact-store"

  bucket_name                 = var.bucket_name
  create_bucket               = var.create_bucket
  prefix                      = var.prefix
  access_key_mode             = var.access_key_mode
  pgp_key                     = var.pgp_key
  secret_recovery_window_days = var.secret_recovery_window_days
  tags                        = { app = "mlflow" }
}
