output "app_config" {
  description = "The app's settings that are not secret."
  value       = module.artifact_store.app_config
}

output "secret_name" {
  description = "For deploy.sh --aws-secret."
  value       = module.artifact_store.secret_name
}

output "user_name" {
  description = "For new-access-key.sh."
  value       = module.artifact_store.user_name
}

output "access_key_id" {
  description = "Id of the access key (not secret); null in mode external."
  value       = module.artifact_store.access_key_id
}

output "encrypted_secret_access_key" {
  description = "Mode pgp: the secret access key, encrypted for pgp_key."
  value       = module.artifact_store.encrypted_secret_access_key
}
