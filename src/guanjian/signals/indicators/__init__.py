"""What is counted every week, of what? One file per indicator, all of one shape."""
