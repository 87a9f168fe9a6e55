# What runs in each task: the same hardening for all, the environment that each may have.

locals {
  sizes = merge(var.sizes, { migrate = { cpu = 256, memory = 512, scratch_gib = 20 } })

  # The address without who logs in: these two come from the secret, whose password AWS changes. Checked are the server's
  # certificate and its name, not only that there is one; the authorities of RDS are in the program.
  database_environment = {
    DATABASE_URL = "postgres://${var.database.host}:${var.database.port}/${var.database.name}?sslmode=verify-full"
  }

  # What does not change between runs. Identifiers of the run come with each start, from the orchestrator.
  environment = {
    for task, access in local.access : task => merge(
      { PIPELINE_LOG_LEVEL = var.log_level },
      length(access.reads) == 0 ? {} : { AWS_REGION = local.region },
      contains(keys(var.image_digests), local.image[task]) ? { PIPELINE_IMAGE_DIGEST = var.image_digests[local.image[task]] } : {},
      task == "lineage" && var.openlineage_url != null ? { OPENLINEAGE_URL = var.openlineage_url } : {},
      access.database == null ? {} : local.database_environment,
    )
  }

  # <secret>:<JSON key>:<version stage>:<version id>; the last two empty: the newest value, also after a rotation.
  container_secrets = {
    for task, access in local.access : task => access.database == null ? {} : {
      PGUSER     = "${local.secrets[access.database].arn}:username::"
      PGPASSWORD = "${local.secrets[access.database].arn}:password::"
    }
  }

  containers = {
    for task, access in local.access : task => merge(
      {
        name                   = task
        image                  = local.image_uris[task]
        essential              = true
        memory                 = local.sizes[task].memory # all of the task's: past it the container is killed, and ECS says why
        user                   = "1000:1000"
        readonlyRootFilesystem = true
        privileged             = false
        stopTimeout            = 10 # seconds from SIGTERM to SIGKILL, the same as on the other engines

        # Sorted lists, as AWS gives them back: in another order every plan would show a change.
        environment = [for name in sort(keys(local.environment[task])) : { name = name, value = local.environment[task][name] }]
        secrets     = [for name in sort(keys(local.container_secrets[task])) : { name = name, valueFrom = local.container_secrets[task][name] }]

        mountPoints  = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
        portMappings = []
        volumesFrom  = []

        linuxParameters = {
          initProcessEnabled = true # reaps children and passes SIGTERM on
          capabilities       = { add = [], drop = ["ALL"] }
        }

        logConfiguration = {
          logDriver = "awslogs"
          options = {
            awslogs-group         = aws_cloudwatch_log_group.task[task].name
            awslogs-region        = local.region
            awslogs-stream-prefix = "ecs" # streams are named ecs/<task>/<ECS task id>
            mode                  = "non-blocking"
            max-buffer-size       = "25m" # logs are no record of the run, manifests are: rather lose lines than stall
          }
        }
      },
      task == "migrate" ? { entryPoint = var.migrate_entry_point, command = [] } : {},
    )
  }
}
