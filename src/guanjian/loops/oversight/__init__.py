"""Does each side do its duty to the other? Customs and police call each other to account; oversight above them decides."""
