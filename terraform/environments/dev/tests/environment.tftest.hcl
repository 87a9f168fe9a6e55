mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  region    = "eu-central-1"
  image_tag = "0.1.0"
}

run "may_go_without_traces" {
  assert {
    condition     = output.airflow_environment.PIPELINE_BUCKET != ""
    error_message = "x"
  }
}
