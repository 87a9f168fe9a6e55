mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  project   = "corpus"
  name      = "corpus-test"
  image_tag = "0.1.0"
  sizes = {
    ingest      = { cpu = 512, memory = 2048 }
    clean-chunk = { cpu = 1024, memory = 2048, scratch_gib = 50 }
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
    task_secret  = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000004" }
  }
}

run "one_definition_per_task" {
  assert {
    condition = output.task_families == {
      ingest      = "corpus-test-ingest"
      clean-chunk = "corpus-test-clean-chunk"
      validate    = "corpus-test-validate"
      load        = "corpus-test-load"
      lineage     = "corpus-test-lineage"
      migrate     = "corpus-test-migrate"
    }
    error_message = "the family is the prefix and the task's one name"
  }

  assert {
    condition     = alltrue([for task, family in output.task_families : family == "${output.task_family_prefix}${task}" && output.log_groups[task] == "${output.log_group_prefix}${task}"])
    error_message = "families and log groups must be computable from the prefixes: the scheduler knows nothing else"
  }

  assert {
    condition     = [for definition in aws_ecs_task_definition.task : one(jsondecode(definition.container_definitions)).name] == keys(output.task_families)
    error_message = "the container is named as the task: overrides and log streams go by that name"
  }

  assert {
    condition     = alltrue([for definition in aws_ecs_task_definition.task : definition.network_mode == "awsvpc" && definition.requires_compatibilities == toset(["FARGATE"]) && definition.skip_destroy])
    error_message = "Fargate, in the VPC, and old revisions stay for runs in flight"
  }

  assert {
    condition     = aws_ecs_task_definition.task["clean-chunk"].cpu == "1024" && aws_ecs_task_definition.task["clean-chunk"].memory == "2048" && one(aws_ecs_task_definition.task["clean-chunk"].ephemeral_storage).size_in_gib == 50
    error_message = "the size of the map must be the size of the task"
  }

  assert {
    condition     = length(aws_ecs_task_definition.task["load"].ephemeral_storage) == 0
    error_message = "20 GiB come without asking"
  }
}

run "containers_are_hardened" {
  assert {
    condition = alltrue([
      for definition in aws_ecs_task_definition.task : alltrue([
        for container in jsondecode(definition.container_definitions) :
        container.readonlyRootFilesystem && !container.privileged && container.user == "1000:1000" && container.linuxParameters.initProcessEnabled
        && container.linuxParameters.capabilities == { add = [], drop = ["ALL"] } && container.stopTimeout == 10 && container.essential
      ])
    ])
    error_message = "read-only root, not privileged, not root, an init process, no capabilities, ten seconds to end"
  }

  assert {
    condition     = alltrue([for definition in aws_ecs_task_definition.task : one(jsondecode(definition.container_definitions)).mountPoints == [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]])
    error_message = "/tmp is the one place to write"
  }

  assert {
    condition     = alltrue([for task, definition in aws_ecs_task_definition.task : one(jsondecode(definition.container_definitions)).logConfiguration.options["awslogs-group"] == "/corpus-test/${task}"])
    error_message = "each task logs into its own group"
  }
}

run "secrets_go_to_the_database_tasks_only_and_never_in_clear" {
  assert {
    condition     = { for task, names in output.task_environment : task => join(" ", keys(names.secrets)) } == { ingest = "", clean-chunk = "", validate = "", load = "PGPASSWORD PGUSER", lineage = "PGPASSWORD PGUSER", migrate = "PGPASSWORD PGUSER" }
    error_message = "load, lineage and migrate get user and password, nobody else"
  }

  assert {
    condition     = output.task_environment.load.secrets == tomap({ PGUSER = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf:username::", PGPASSWORD = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf:password::" })
    error_message = "tasks log in with the application's secret, by JSON key, newest version"
  }

  assert {
    condition     = output.task_environment.migrate.secrets.PGUSER == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf:username::"
    error_message = "migrate logs in as the owner"
  }

  assert {
    condition     = { for task, names in output.task_environment : task => names.plain.DATABASE_URL if contains(keys(names.plain), "DATABASE_URL") } == { for task in ["lineage", "load", "migrate"] : task => "postgres://db.example:5432/corpus?sslmode=verify-full" }
    error_message = "the address names nobody, asks for the server's certificate, and goes to nobody who needs no database"
  }

  assert {
    condition     = { for task, names in output.task_environment : task => lookup(names.plain, "AWS_REGION", "") } == { ingest = "eu-central-1", clean-chunk = "eu-central-1", validate = "eu-central-1", load = "eu-central-1", lineage = "eu-central-1", migrate = "" }
    error_message = "the bucket's region for everybody who uses it: the program's default is another one"
  }

  assert {
    condition     = alltrue([for task, names in output.task_environment : length([for name in keys(names.plain) : name if can(regex("PASSWORD|SECRET|TOKEN|PGUSER", name))]) == 0])
    error_message = "no secret in the plain environment"
  }
}

# Which keys these patterns stand for, and that no program needs more or less, is shown by the real programs: tests/terraform/test_least_privilege.py.
run "each_task_touches_its_own_objects_only" {
  assert {
    condition = { for task, policy in aws_iam_role_policy.task : task => [for arn in jsondecode(policy.policy).Statement[0].Resource : trimprefix(arn, "arn:aws:s3:::corpus-test-123456789012/")] } == {
      ingest      = ["raw/*", "runs/*/ingest.json", "runs/*/ingest/????????????????.json", "parts/ingest/*"]
      clean-chunk = ["runs/*/ingest/????????????????.json", "runs/*/clean-chunk/????????????????.json", "parts/ingest/*/index-*", "parts/ingest/*/pack-*", "parts/clean-chunk/*"]
      validate    = ["runs/*/clean-chunk/????????????????.json", "runs/*/validate/????????????????.json", "parts/clean-chunk/*/documents-*", "parts/clean-chunk/*/chunks-*", "parts/clean-chunk/*/signatures-*", "parts/validate/*"]
      load        = ["runs/*/validate/????????????????.json", "runs/*/load/????????????????.json", "parts/clean-chunk/*/documents-*", "parts/clean-chunk/*/signatures-*", "parts/validate/*/accepted-*", "parts/validate/*/rejected-*"]
      lineage     = ["runs/*", "parts/ingest/*/document-ids-*", "parts/clean-chunk/*/examples-*", "parts/validate/*/examples-*"]
    }
    error_message = "reading: ingest alone sees the landing zone, each step the one before it and its own manifests, lineage no document's text"
  }

  assert {
    condition     = alltrue([for policy in aws_iam_role_policy.task : jsondecode(policy.policy).Statement[1].Condition.StringLike["s3:prefix"] == [for arn in jsondecode(policy.policy).Statement[0].Resource : trimprefix(arn, "arn:aws:s3:::corpus-test-123456789012/")]])
    error_message = "a missing object may be told from a forbidden one exactly where it may be read"
  }

  assert {
    condition = { for task, policy in aws_iam_role_policy.task : task => [for arn in jsondecode(policy.policy).Statement[2].Resource : trimprefix(arn, "arn:aws:s3:::corpus-test-123456789012/")] } == {
      ingest      = ["runs/*/ingest.json", "runs/*/ingest/????????????????.json", "runs/*/events/ingest/*", "parts/ingest/*"]
      clean-chunk = ["runs/*/clean-chunk/????????????????.json", "runs/*/events/clean-chunk/*", "parts/clean-chunk/*"]
      validate    = ["runs/*/validate/????????????????.json", "runs/*/events/validate/*", "parts/validate/*"]
      load        = ["runs/*/load/????????????????.json", "runs/*/events/load/*"]
      lineage     = ["runs/*/lineage.json", "runs/*/report.*", "runs/*/datacard.md", "runs/*/openlineage/events.jsonl", "runs/*/events/lineage/*"]
    }
    error_message = "writing: nobody into the landing zone, nobody into what another step says or makes"
  }

  assert {
    condition     = alltrue([for policy in aws_iam_role_policy.task : jsondecode(policy.policy).Statement[3].Condition == { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } } && length(jsondecode(policy.policy).Statement) == 4])
    error_message = "the key may be used through S3 only, and there is no fifth statement"
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_policy.scheduler.policy).Statement : alltrue([for arn in statement.Resource : can(regex("/runs/\\*/(ingest|lineage)\\.json$|/runs/\\*/(clean-chunk|validate|load)/\\?{16}\\.json$", arn))]) if statement.Sid == "ReadManifests"])
    error_message = "the scheduler reads manifests, not reports and not parts"
  }
}

run "a_source_is_read_by_ingest_alone" {
  variables {
    sources = {
      archive = { bucket_arn = "arn:aws:s3:::archive", prefix = "texts/", kms_key_arn = "arn:aws:kms:eu-central-1:210987654321:key/00000000-0000-0000-0000-000000000009" }
      open    = { bucket_arn = "arn:aws:s3:::open" }
    }
  }

  assert {
    condition = [for statement in slice(jsondecode(aws_iam_role_policy.task["ingest"].policy).Statement, 4, 8) : join(" ", concat([statement.Sid], statement.Action, statement.Resource))] == [
      "ReadSources s3:GetObject arn:aws:s3:::archive/texts/* arn:aws:s3:::open/*",
      "ListSource0 s3:ListBucket arn:aws:s3:::archive",
      "ListSource1 s3:ListBucket arn:aws:s3:::open",
      "DecryptSourcesThroughS3 kms:Decrypt arn:aws:kms:eu-central-1:210987654321:key/00000000-0000-0000-0000-000000000009",
    ]
    error_message = "reading, listing and decrypting; never writing"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.task["ingest"].policy).Statement[5].Condition == { StringLike = { "s3:prefix" = ["texts/*"] } }
    error_message = "below its prefix only"
  }

  assert {
    condition     = alltrue([for task, policy in aws_iam_role_policy.task : !strcontains(policy.policy, "archive") if task != "ingest"])
    error_message = "no other step may see it"
  }
}

run "no_policy_has_a_wildcard_action" {
  assert {
    condition = alltrue(flatten([
      for policy in concat([for p in aws_iam_role_policy.task : p.policy], [for p in aws_iam_role_policy.execution : p.policy], [aws_iam_policy.scheduler.policy]) : [
        for statement in jsondecode(policy).Statement : [for action in statement.Action : !strcontains(action, "*")]
      ]
    ]))
    error_message = "every action is named"
  }

  assert {
    condition = toset(flatten([
      for policy in concat([for p in aws_iam_role_policy.task : p.policy], [for p in aws_iam_role_policy.execution : p.policy], [aws_iam_policy.scheduler.policy]) : [
        for statement in jsondecode(policy).Statement : statement.Action if contains(statement.Resource, "*")
      ]
    ])) == toset(["ecr:GetAuthorizationToken", "ecs:ListTasks"])
    error_message = "these two actions know no narrower resource; no third may have all of them"
  }

  assert {
    condition     = length(flatten([for p in aws_iam_role_policy.task : [for statement in jsondecode(p.policy).Statement : [for action in statement.Action : action if can(regex("Delete|Secret|iam:|ecs:", action))]]])) == 0
    error_message = "no program may delete, read secrets, or start others"
  }

  assert {
    condition = { for kind, policy in aws_iam_role_policy.execution : kind => [for statement in jsondecode(policy.policy).Statement : "${statement.Sid} ${length(statement.Resource)}"] } == {
      # Mocked repositories all have one address, so PullImages shows one.
      plain = ["LogInToRegistry 1", "PullImages 1", "WriteLogs 3"]
      task  = ["LogInToRegistry 1", "PullImages 1", "WriteLogs 2", "ReadDatabaseSecret 1", "DecryptDatabaseSecret 1"]
      owner = ["LogInToRegistry 1", "PullImages 1", "WriteLogs 1", "ReadDatabaseSecret 1", "DecryptDatabaseSecret 1"]
    }
    error_message = "each execution role: the images and log groups of the tasks that start under it, and at most one secret"
  }
}

run "roles_are_taken_by_this_accounts_tasks_only" {
  assert {
    condition = alltrue([
      for role in merge(aws_iam_role.task, aws_iam_role.execution) : jsondecode(role.assume_role_policy).Statement == [{
        Sid       = "EcsTasksOfThisAccount"
        Effect    = "Allow"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "123456789012" }
          ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:eu-central-1:123456789012:*" }
        }
      }]
    ])
    error_message = "only ECS, only for this account, only in this region"
  }
}

run "images_are_immutable_scanned_and_encrypted" {
  assert {
    condition     = toset([for repository in aws_ecr_repository.this : repository.name]) == toset(["corpus/ingest", "corpus/clean-chunk", "corpus/validate", "corpus/load", "corpus/lineage", "corpus/airflow"])
    error_message = "one repository per task, and Airflow's"
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE" && one(repository.image_scanning_configuration).scan_on_push && one(repository.encryption_configuration).encryption_type == "KMS" && !repository.force_delete])
    error_message = "immutable, scanned, encrypted, and not emptied by a destroy"
  }

  assert {
    condition     = length(aws_ecr_repository_policy.readers) == 0
    error_message = "nobody else may pull by default"
  }

  assert {
    condition     = alltrue([for policy in aws_ecr_lifecycle_policy.this : [for rule in jsondecode(policy.policy).rules : rule.selection.tagStatus] == ["untagged"]])
    error_message = "tagged images must stay: lineage names them"
  }
}

run "named_accounts_may_pull" {
  variables {
    image_reader_account_ids = ["210987654321"]
  }

  assert {
    condition     = alltrue([for policy in aws_ecr_repository_policy.readers : jsondecode(policy.policy).Statement[0].Principal == { AWS = ["arn:aws:iam::210987654321:root"] }]) && length(aws_ecr_repository_policy.readers) == 6
    error_message = "the named account, and pulling only"
  }
}

run "images_of_another_registry_are_run_by_digest" {
  variables {
    image_registry = "210987654321.dkr.ecr.eu-west-1.amazonaws.com"
    image_digests  = { lineage = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  }

  assert {
    condition     = length(aws_ecr_repository.this) == 0
    error_message = "no repository of its own"
  }

  assert {
    condition     = one(jsondecode(aws_ecs_task_definition.task["load"].container_definitions)).image == "210987654321.dkr.ecr.eu-west-1.amazonaws.com/corpus/load:0.1.0"
    error_message = "by tag where no digest is given"
  }

  assert {
    condition     = one(jsondecode(aws_ecs_task_definition.task["migrate"].container_definitions)).image == "210987654321.dkr.ecr.eu-west-1.amazonaws.com/corpus/lineage@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    error_message = "migrate runs the image of lineage, by its digest"
  }

  assert {
    condition     = output.task_environment.lineage.plain.PIPELINE_IMAGE_DIGEST == "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" && !contains(keys(output.task_environment.load.plain), "PIPELINE_IMAGE_DIGEST")
    error_message = "lineage stores the digest, where there is one"
  }

  assert {
    condition = { for kind, policy in aws_iam_role_policy.execution : kind => [for arn in jsondecode(policy.policy).Statement[1].Resource : trimprefix(arn, "arn:aws:ecr:eu-west-1:210987654321:repository/corpus/")] } == {
      plain = ["clean-chunk", "ingest", "validate"]
      task  = ["lineage", "load"]
      owner = ["lineage"]
    }
    error_message = "the right to pull follows the registry, and each execution role pulls the images that start under it"
  }
}

run "without_a_secret_of_its_own_the_application_is_the_owner" {
  variables {
    database = {
      host         = "db.example"
      port         = 5432
      name         = "corpus"
      owner_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000003" }
    }
  }

  assert {
    condition     = output.task_environment.load.secrets.PGUSER == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf:username::"
    error_message = "the first deployment must work before the role exists"
  }
}
