output "backend" {
  description = "Content of the environments' backend.hcl."
  value       = <<-EOT
    bucket     = "${module.state.name}"
    region     = "${var.region}"
    kms_key_id = "${module.key.arn}"
  EOT
}

output "bucket" {
  description = "Name of the state bucket."
  value       = module.state.name
}
