"""What does customs data look like? One file per fact table, and the code lists."""
