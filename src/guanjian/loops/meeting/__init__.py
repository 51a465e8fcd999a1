"""What do customs and police decide together, and is it done? An agenda from data, signed minutes, every decision followed up."""
