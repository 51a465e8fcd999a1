"""How does an officer say what is to be measured? Operators over named features; read, checked, and said back as a sentence."""
