output "backend" {
  description = "Content of the environments' backend.hcl."
  value       = <<-E
    bucket     = "${module.state.name}"
    region     = "${var.region}"
    kms_key_id = "${module.key.arn}"
  E
}

output "bucket" {
  description = "Name of the state bucket."
  value       = module.state.name
}
