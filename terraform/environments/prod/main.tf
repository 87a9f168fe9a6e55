# Production: a standby in a second zone, long retention, and nothing that holds data goes by itself.

module "pipeline" {
  source = "../../modules/pipeline"

  environment = "prod"

  # AWS refuses to delete the database, S3 and ECR refuse what is not empty: ending prod takes two deliberate steps.
  deletion_protection = !var.decommission
  final_snapshot      = true
  force_destroy       = var.decommission

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

  log_level          = "info"
  log_retention_days = 365
  object_lifecycle   = { noncurrent_version_days = 90, raw_infrequent_access_days = 90 }

  # Tasks of a production day run side by side: more memory per step costs less than a second attempt.
  sizes = {
    ingest      = { cpu = 1024, memory = 4096 }
    clean-chunk = { cpu = 2048, memory = 4096 }
    validate    = { cpu = 2048, memory = 4096 }
    load        = { cpu = 1024, memory = 2048 }
    lineage     = { cpu = 1024, memory = 2048 }
  }
}
