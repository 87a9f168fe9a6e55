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

# Several bad values at once, each of another variable: every one of them must be refused, each by its own message.
run "refuses_names_that_derived_names_outgrow" {
  command = plan
  variables {
    project                  = "Text Corpus"
    name                     = "a-name-of-forty-one-letters-is-one-too-lo"
    image_tag                = "0.1.0 && reboot"
    image_digests            = { load = "sha1:0123456789abcdef0123456789abcdef01234567" }
    image_registry           = "docker.io/library"
    image_reader_account_ids = ["12345678901"]
    cpu_architecture         = "x86_64"
    migrate_entry_point      = ["node", ""]
    openlineage_url          = "ftp://lineage.example"
    log_level                = "INFO"
    log_retention_days       = 8
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/*"
    key_deletion_window_days = 31
    sources                  = { wide = { bucket_arn = "arn:aws:s3:::*" } }
  }
  expect_failures = [
    var.project, var.name, var.image_tag, var.image_digests, var.image_registry, var.image_reader_account_ids, var.cpu_architecture, var.migrate_entry_point,
    var.openlineage_url, var.log_level, var.log_retention_days, var.permissions_boundary_arn, var.key_deletion_window_days,
    var.sources,
  ]
}

run "refuses_double_hyphens_and_half_sizes" {
  command = plan
  variables {
    name                     = "corpus--test"
    key_deletion_window_days = 7.5
    sizes = {
      ingest      = { cpu = 512, memory = 2048, scratch_gib = 20.5 }
      clean-chunk = { cpu = 1024, memory = 2048 }
      validate    = { cpu = 1024, memory = 2048 }
      load        = { cpu = 512, memory = 1024 }
      lineage     = { cpu = 512, memory = 1024 }
    }
    storage  = { bucket_arn = "arn:aws:s3:::corpus-test/raw", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000002" }
    database = { host = "db.example", port = 0, name = "corpus", owner_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/3" } }
  }
  expect_failures = [var.name, var.key_deletion_window_days, var.sizes, var.storage, var.database]
}

run "refuses_a_size_of_no_cores_and_aliases_for_keys" {
  command = plan
  variables {
    sizes = {
      ingest      = { cpu = 0, memory = 2048 }
      clean-chunk = { cpu = 1024, memory = 2048 }
      validate    = { cpu = 1024, memory = 2048 }
      load        = { cpu = 512, memory = 1024 }
      lineage     = { cpu = 512, memory = 1024 }
    }
    storage  = { bucket_arn = "arn:aws:s3:::corpus-test", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:alias/corpus" }
    database = { host = "db.example", port = 5432, name = "corpus", owner_secret = { arn = "owner", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/3" } }
  }
  expect_failures = [var.sizes, var.storage, var.database]
}

run "refuses_the_pipelines_own_bucket_as_a_source" {
  command = plan
  variables {
    sources = { parts = { bucket_arn = "arn:aws:s3:::corpus-test-123456789012", prefix = "parts/" } }
  }
  expect_failures = [var.sources]
}

run "refuses_a_source_prefix_that_is_no_folder" {
  command = plan
  variables {
    sources = { archive = { bucket_arn = "arn:aws:s3:::archive", prefix = "texts" } }
  }
  expect_failures = [var.sources]
}

run "refuses_a_pattern_for_a_source_prefix" {
  command = plan
  variables {
    sources = { everything = { bucket_arn = "arn:aws:s3:::archive", prefix = "*" } }
  }
  expect_failures = [var.sources]
}

run "refuses_a_source_key_by_alias" {
  command = plan
  variables {
    sources = { archive = { bucket_arn = "arn:aws:s3:::archive", prefix = "texts/", kms_key_arn = "alias/archive" } }
  }
  expect_failures = [var.sources]
}
