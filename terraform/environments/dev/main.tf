# Development: one zone less of everything, and all of it may go.

module "pipeline" {
  source = "../../modules/pipeline"

  environment = "dev"

  # Made from what prod or a developer can make again, so it goes without traces.
  deletion_protection = false
  final_snapshot      = false
  force_destroy       = true

  project                  = var.project
  image_tag                = var.image_tag
  image_digests            = var.image_digests
  image_registry           = var.image_registry
  image_reader_account_ids = var.image_reader_account_ids
  cpu_architecture         = var.cpu_architecture
  network                  = var.network
  existing_vpc             = var.existing_vpc
  database                 = var.database
  existing_database        = var.existing_database
  database_clients         = var.database_clients
  application_secret       = var.application_secret
  sources                  = var.sources
  openlineage_url          = var.openlineage_url
  permissions_boundary_arn = var.permissions_boundary_arn

  log_level          = "debug"
  log_retention_days = 14
  object_lifecycle   = { noncurrent_version_days = 7, runs_expire_days = 90 }
}
