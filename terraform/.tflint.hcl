# The rules that tflint brings itself: documented, typed and used variables, naming, required versions, standard module structure.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Files are named after what they hold (policies.tf, endpoints.tf); variables and outputs do lie where the rule wants them.
rule "terraform_standard_module_structure" {
  enabled = false
}
