variable "region" {
  description = "AWS region of the bucket and the secret."
  type        = string
  nullable    = false
}

variable "bucket_name" {
  description = "Name of the S3 bucket for artifacts."
  type        = string
  nullable    = false
}

variable "create_bucket" {
  description = "Whether to create the bucket, or to use one that exists."
  type        = bool
  nullable    = false
  default     = true
}

variable "prefix" {
  description = "Key prefix below which the artifacts live."
  type        = string
  nullable    = false
  default     = "mlflow"
}

variable "access_key_mode" {
  description = "Who makes the access key: state, external or pgp. With state it is in the state file too."
  type        = string
  nullable    = false
  default     = "state"
}

variable "pgp_key" {
  description = "Mode pgp: the public key, base64."
  type        = string
  default     = null
}

variable "secret_recovery_window_days" {
  description = "Days for which a deleted secret can be restored, and its name stays taken."
  type        = number
  nullable    = false
  default     = 7
}
