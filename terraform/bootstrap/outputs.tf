output "backend" {
  description = "Content of the environments' backend.hcl."
  value       = "bucket = \"${module.state.name}\"\nregion = \"${var.region}\"\n"
}

output "bucket" {
  description = "Name of the state bucket."
  value       = module.state.name
}
