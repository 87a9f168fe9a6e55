# Which task may touch what: the layout of the bucket, seen from each program. It is the same in every environment, so it is no variable.
# tests/terraform/test_least_privilege.py runs the programs with exactly these rights, and holds every line to a call that needs it.
# `*` is a run's id, a batch's id or what lies in a folder. No pattern of one task covers a key of another one's.

locals {
  # A batch's id: sixteen characters. `*` would pass a slash, and with it let in the events of that task.
  batch = "????????????????"

  access = {
    ingest = {
      reads    = ["raw/*", "runs/*/ingest.json", "runs/*/ingest/${local.batch}.json", "parts/ingest/*"] # its own manifests: a run that goes on keeps its start
      writes   = ["runs/*/ingest.json", "runs/*/ingest/${local.batch}.json", "runs/*/events/ingest/*", "parts/ingest/*"]
      database = null
    }
    clean-chunk = {
      reads    = ["runs/*/ingest/${local.batch}.json", "runs/*/clean-chunk/${local.batch}.json", "parts/ingest/*/index-*", "parts/ingest/*/pack-*", "parts/clean-chunk/*"]
      writes   = ["runs/*/clean-chunk/${local.batch}.json", "runs/*/events/clean-chunk/*", "parts/clean-chunk/*"]
      database = null
    }
    validate = {
      reads    = ["runs/*/clean-chunk/${local.batch}.json", "runs/*/validate/${local.batch}.json", "parts/clean-chunk/*/documents-*", "parts/clean-chunk/*/chunks-*", "parts/clean-chunk/*/signatures-*", "parts/validate/*"]
      writes   = ["runs/*/validate/${local.batch}.json", "runs/*/events/validate/*", "parts/validate/*"]
      database = null
    }
    load = {
      reads    = ["runs/*/validate/${local.batch}.json", "runs/*/load/${local.batch}.json", "parts/clean-chunk/*/documents-*", "parts/clean-chunk/*/signatures-*", "parts/validate/*/accepted-*", "parts/validate/*/rejected-*"]
      writes   = ["runs/*/load/${local.batch}.json", "runs/*/events/load/*"]
      database = "task"
    }
    lineage = {
      reads    = ["runs/*", "parts/ingest/*/document-ids-*", "parts/clean-chunk/*/examples-*", "parts/validate/*/examples-*"] # no document's text
      writes   = ["runs/*/lineage.json", "runs/*/report.*", "runs/*/datacard.md", "runs/*/openlineage/events.jsonl", "runs/*/events/lineage/*"]
      database = "task"
    }

    # Not a step of the pipeline: the deployment runs it once per release, with the owner's secret.
    migrate = { reads = [], writes = [], database = "owner" }
  }

  # What the scheduler reads once a container has ended well.
  manifests = concat(["runs/*/ingest.json", "runs/*/lineage.json"], [for task in ["clean-chunk", "validate", "load"] : "runs/*/${task}/${local.batch}.json"])

  steps = [for task in keys(local.access) : task if task != "migrate"]
  image = { for task in keys(local.access) : task => task == "migrate" ? "lineage" : task }

  secrets = {
    owner = var.database.owner_secret
    task  = coalesce(var.database.task_secret, var.database.owner_secret)
  }
}
