"""From positioned YAML to the model, collecting what is wrong on the way."""
