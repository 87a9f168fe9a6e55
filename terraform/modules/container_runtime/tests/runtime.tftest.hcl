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
    condition     = alltrue([for task, names in output.task_environment : length([for name in keys(names.plain) : name if can(regex("PASSWORD|SECRET|TOKEN|PGUSER", name))]) == 0])
    error_message = "no secret in the plain environment"
  }
}

run "each_task_touches_its_own_prefixes_only" {
  assert {
    condition = { for task, policy in aws_iam_role_policy.task : task => jsondecode(policy.policy).Statement[0].Resource } == {
      ingest      = ["arn:aws:s3:::corpus-test-123456789012/raw/*", "arn:aws:s3:::corpus-test-123456789012/runs/*", "arn:aws:s3:::corpus-test-123456789012/parts/*"]
      clean-chunk = ["arn:aws:s3:::corpus-test-123456789012/runs/*", "arn:aws:s3:::corpus-test-123456789012/parts/*"]
      validate    = ["arn:aws:s3:::corpus-test-123456789012/runs/*", "arn:aws:s3:::corpus-test-123456789012/parts/*"]
      load        = ["arn:aws:s3:::corpus-test-123456789012/runs/*", "arn:aws:s3:::corpus-test-123456789012/parts/*"]
      lineage     = ["arn:aws:s3:::corpus-test-123456789012/runs/*", "arn:aws:s3:::corpus-test-123456789012/parts/*"]
    }
    error_message = "reading: ingest alone sees the landing zone"
  }

  assert {
    condition = { for task, policy in aws_iam_role_policy.task : task => jsondecode(policy.policy).Statement[2].Resource } == {
      ingest      = ["arn:aws:s3:::corpus-test-123456789012/runs/*", "arn:aws:s3:::corpus-test-123456789012/parts/*"]
      clean-chunk = ["arn:aws:s3:::corpus-test-123456789012/runs/*", "arn:aws:s3:::corpus-test-123456789012/parts/*"]
      validate    = ["arn:aws:s3:::corpus-test-123456789012/runs/*", "arn:aws:s3:::corpus-test-123456789012/parts/*"]
      load        = ["arn:aws:s3:::corpus-test-123456789012/runs/*"]
      lineage     = ["arn:aws:s3:::corpus-test-123456789012/runs/*"]
    }
    error_message = "writing: nobody into the landing zone, load and lineage into runs/ only"
  }

  assert {
    condition     = alltrue([for policy in aws_iam_role_policy.task : jsondecode(policy.policy).Statement[3].Condition == { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } }])
    error_message = "the key may be used through S3 only"
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
    condition     = contains(jsondecode(aws_iam_role_policy.execution["plain"].policy).Statement[1].Resource, "arn:aws:ecr:eu-west-1:210987654321:repository/corpus/load")
    error_message = "the right to pull follows the registry"
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
