"""Which foreign data loads without code? One YAML file per source: its columns, units, codes and rates in our words."""
