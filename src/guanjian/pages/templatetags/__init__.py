"""How is a value written on a page? The tags and filters that every template has without loading them."""
