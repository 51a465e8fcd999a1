"""Which worlds come with the project? One YAML file per scenario."""
