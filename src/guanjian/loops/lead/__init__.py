"""How is a lead about a person examined without harm to the innocent? In a compartment; heard first; refuted is sealed."""
