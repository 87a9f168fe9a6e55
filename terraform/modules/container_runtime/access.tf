# Which task may touch what. This is the task contract, the same in every environment, so it is no variable.

locals {
  access = {
    ingest      = { reads = ["raw", "runs", "parts"], writes = ["runs", "parts"], database = null }
    clean-chunk = { reads = ["runs", "parts"], writes = ["runs", "parts"], database = null }
    validate    = { reads = ["runs", "parts"], writes = ["runs", "parts"], database = null }
    load        = { reads = ["runs", "parts"], writes = ["runs"], database = "task" }
    lineage     = { reads = ["runs", "parts"], writes = ["runs"], database = "task" }

    # Not a step of the pipeline: the deployment runs it once per release, with the owner's secret.
    migrate = { reads = [], writes = [], database = "owner" }
  }

  steps = [for task in keys(local.access) : task if task != "migrate"]
  image = { for task in keys(local.access) : task => task == "migrate" ? "lineage" : task }

  secrets = {
    owner = var.database.owner_secret
    task  = coalesce(var.database.task_secret, var.database.owner_secret)
  }
}
