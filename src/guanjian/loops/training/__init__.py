"""Is everybody fit for the post? Each person's course, examination, certificate and its refresher; who fails is stopped."""
