"""Who must do what, by when, until it is closed? One folder to a closed loop; loops do not know each other."""
