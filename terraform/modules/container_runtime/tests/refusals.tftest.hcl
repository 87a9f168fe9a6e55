mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  project   = "corpus"
  name      = "corpus-test"
  image_tag = "0.1.0"
  sizes = {
    ingest      = { cpu = 512, memory = 2048 }
    clean-chunk = { cpu = 1024, memory = 2048 }
    validate    = { cpu = 1024, memory = 2048 }
    load        = { cpu = 512, memory = 1024 }
    lineage     = { cpu = 512, memory = 1024 }
  }
  storage = {
    bucket_arn  = "arn:aws:s3:::corpus-test-123456789012"
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000002"
  }
  database = {
    host         = "db.example"
    port         = 5432
    name         = "corpus"
    owner_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000003" }
  }
}

run "refuses_latest" {
  command = plan
  variables {
    image_tag = "latest"
  }
  expect_failures = [var.image_tag]
}

run "refuses_an_empty_tag" {
  command = plan
  variables {
    image_tag = ""
  }
  expect_failures = [var.image_tag]
}

run "refuses_a_short_digest" {
  command = plan
  variables {
    image_digests = { load = "sha256:0123" }
  }
  expect_failures = [var.image_digests]
}

run "refuses_a_digest_of_an_unknown_image" {
  command = plan
  variables {
    image_digests = { loader = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  }
  expect_failures = [var.image_digests]
}

run "refuses_a_missing_step" {
  command = plan
  variables {
    sizes = {
      ingest      = { cpu = 512, memory = 2048 }
      clean-chunk = { cpu = 1024, memory = 2048 }
      validate    = { cpu = 1024, memory = 2048 }
      load        = { cpu = 512, memory = 1024 }
    }
  }
  expect_failures = [var.sizes]
}

run "refuses_an_unknown_step" {
  command = plan
  variables {
    sizes = {
      ingest      = { cpu = 512, memory = 2048 }
      clean-chunk = { cpu = 1024, memory = 2048 }
      validate    = { cpu = 1024, memory = 2048 }
      load        = { cpu = 512, memory = 1024 }
      lineage     = { cpu = 512, memory = 1024 }
      export      = { cpu = 512, memory = 1024 }
    }
  }
  expect_failures = [var.sizes]
}

run "refuses_a_pair_that_fargate_has_not" {
  command = plan
  variables {
    sizes = {
      ingest      = { cpu = 512, memory = 8192 }
      clean-chunk = { cpu = 1024, memory = 2048 }
      validate    = { cpu = 1024, memory = 2048 }
      load        = { cpu = 512, memory = 1024 }
      lineage     = { cpu = 512, memory = 1024 }
    }
  }
  expect_failures = [var.sizes]
}

run "refuses_more_scratch_than_fargate_has" {
  command = plan
  variables {
    sizes = {
      ingest      = { cpu = 512, memory = 2048, scratch_gib = 500 }
      clean-chunk = { cpu = 1024, memory = 2048 }
      validate    = { cpu = 1024, memory = 2048 }
      load        = { cpu = 512, memory = 1024 }
      lineage     = { cpu = 512, memory = 1024 }
    }
  }
  expect_failures = [var.sizes]
}

run "refuses_a_registry_with_a_path" {
  command = plan
  variables {
    image_registry = "210987654321.dkr.ecr.eu-west-1.amazonaws.com/corpus"
  }
  expect_failures = [var.image_registry]
}

run "refuses_every_account_as_reader" {
  command = plan
  variables {
    image_reader_account_ids = ["*"]
  }
  expect_failures = [var.image_reader_account_ids]
}

run "refuses_every_bucket" {
  command = plan
  variables {
    storage = { bucket_arn = "arn:aws:s3:::*", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000002" }
  }
  expect_failures = [var.storage]
}

run "refuses_every_secret" {
  command = plan
  variables {
    database = {
      host         = "db.example"
      port         = 5432
      name         = "corpus"
      owner_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:*", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000003" }
    }
  }
  expect_failures = [var.database]
}

run "refuses_credentials_in_the_database_host" {
  command = plan
  variables {
    database = {
      host         = "user:password@db.example"
      port         = 5432
      name         = "corpus"
      owner_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000003" }
    }
  }
  expect_failures = [var.database]
}

run "refuses_credentials_in_the_lineage_address" {
  command = plan
  variables {
    openlineage_url = "https://user:password@lineage.example"
  }
  expect_failures = [var.openlineage_url]
}

run "refuses_an_unknown_log_level" {
  command = plan
  variables {
    log_level = "verbose"
  }
  expect_failures = [var.log_level]
}

run "refuses_an_unknown_architecture" {
  command = plan
  variables {
    cpu_architecture = "amd64"
  }
  expect_failures = [var.cpu_architecture]
}

run "refuses_to_migrate_with_nothing" {
  command = plan
  variables {
    migrate_entry_point = []
  }
  expect_failures = [var.migrate_entry_point]
}

run "refuses_logs_kept_for_ever" {
  command = plan
  variables {
    log_retention_days = 0
  }
  expect_failures = [var.log_retention_days]
}
