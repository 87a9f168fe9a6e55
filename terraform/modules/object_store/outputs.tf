output "bucket" {
  description = "Name of the bucket."
  value       = module.objects.name
}

output "bucket_arn" {
  description = "ARN of the bucket."
  value       = module.objects.arn
}

output "kms_key_arn" {
  description = "ARN of the key that encrypts the objects."
  value       = module.key.arn
}

output "access_log_bucket" {
  description = "Name of the bucket that receives the access logs."
  value       = module.access_logs.name
}
