variable "bucket_name" {
  description = "Name of the S3 bucket for artifacts."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name)) && !strcontains(var.bucket_name, "..")
    error_message = "bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "create_bucket" {
  description = "Whether to create the bucket. False uses one that exists, and changes nothing about it."
  type        = bool
  nullable    = false
  default     = true
}

variable "prefix" {
  description = "Key prefix below which the artifacts live. The IAM user reaches nothing outside it."
  type        = string
  nullable    = false
  default     = "mlflow"

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$", var.prefix))
    error_message = "prefix must be one or more names parted by single slashes, without a slash at either end (e.g. parent/key/name)."
  }
}

variable "user_name" {
  description = "Name of the IAM user that the MLflow server signs its requests with."
  type        = string
  nullable    = false
  default     = "mlflow"

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.user_name))
    error_message = "user_name must be a valid IAM user name: 1 to 64 letters, digits and +=,.@_- characters."
  }
}

variable "secret_name" {
  description = "Name of the Secrets Manager secret that holds the access key as {\"AccessKey\": …, \"SecretAccessKey\": …}."
  type        = string
  nullable    = false
  default     = "mlflow_access_api_keys"

  validation {
    condition     = can(regex("^[A-Za-z0-9/_+=.@-]{1,512}$", var.secret_name))
    error_message = "secret_name must be 1 to 512 letters, digits and /_+=.@- characters."
  }
}

variable "secret_recovery_window_days" {
  description = "Days for which a deleted secret can be restored, and its name stays taken. 0 deletes at once."
  type        = number
  nullable    = false
  default     = 7

  validation {
    condition     = var.secret_recovery_window_days == 0 || (var.secret_recovery_window_days >= 7 && var.secret_recovery_window_days <= 30)
    error_message = "secret_recovery_window_days must be 0 or between 7 and 30."
  }
}

variable "access_key_mode" {
  description = "Who makes the access key. `state`: Terraform, straight into the secret, and the key is in the STATE FILE too. `external`: scripts/new-access-key.sh, Terraform never sees it. `pgp`: Terraform, encrypted for `pgp_key`."
  type        = string
  nullable    = false
  default     = "state"

  validation {
    condition     = contains(["state", "external", "pgp"], var.access_key_mode)
    error_message = "access_key_mode must be state, external or pgp."
  }
}

variable "access_key_version" {
  description = "Raise it to replace the access key (modes `state` and `pgp`)."
  type        = number
  nullable    = false
  default     = 1
}

variable "pgp_key" {
  description = "Mode `pgp`: the public key (base64 of its binary form), or keybase:NAME."
  type        = string
  default     = null

  validation {
    condition     = (var.access_key_mode == "pgp") == (var.pgp_key != null)
    error_message = "pgp_key belongs to access_key_mode = \"pgp\": set both or neither."
  }
}

variable "kms_key_arn" {
  description = "KMS key for the secret and for a bucket created here. Null uses the keys that AWS manages."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID)."
  }
}

variable "noncurrent_version_days" {
  description = "Days after which overwritten or deleted artifacts are gone for good (bucket created here)."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.noncurrent_version_days >= 1
    error_message = "noncurrent_version_days must be at least 1."
  }
}

variable "force_destroy" {
  description = "Whether `terraform destroy` may delete a bucket that still holds artifacts."
  type        = bool
  nullable    = false
  default     = false
}

variable "tags" {
  description = "Tags of everything created here."
  type        = map(string)
  nullable    = false
  default     = {}
}
