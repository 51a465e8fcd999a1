"""What may another system ask? One file to a noun; the same rights and the same verbs as the console."""
