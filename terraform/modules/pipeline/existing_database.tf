# A database that somebody else runs: where it is, and the two rules that let the tasks reach it.

locals {
  database = var.existing_database == null ? {
    host = module.database[0].connection.host
    port = module.database[0].connection.port
    name = module.database[0].connection.name
    owner_secret = {
      arn         = module.database[0].connection.secret_arn
      kms_key_arn = module.database[0].connection.secret_kms_key_arn
    }
    } : {
    host         = var.existing_database.host
    port         = var.existing_database.port
    name         = var.existing_database.name
    owner_secret = var.existing_database.owner_secret
  }
}

resource "aws_vpc_security_group_ingress_rule" "existing_database" {
  count = var.existing_database == null ? 0 : 1

  description                  = "PostgreSQL from the tasks of ${local.name}"
  security_group_id            = var.existing_database.security_group_id
  referenced_security_group_id = module.network.task_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.existing_database.port
  to_port                      = var.existing_database.port
}

resource "aws_vpc_security_group_egress_rule" "existing_database" {
  count = var.existing_database == null ? 0 : 1

  description                  = "PostgreSQL"
  security_group_id            = module.network.task_security_group_id
  referenced_security_group_id = var.existing_database.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.existing_database.port
  to_port                      = var.existing_database.port
}
