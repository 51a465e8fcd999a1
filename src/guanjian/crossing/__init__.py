"""What passes between analysis and office? Import, detect, outcomes, trace and reference: one function for every caller."""
