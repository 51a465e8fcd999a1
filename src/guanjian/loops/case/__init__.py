"""What did the case find, and what does it teach the front line? Criminal and administrative cases, and what they feed back."""
