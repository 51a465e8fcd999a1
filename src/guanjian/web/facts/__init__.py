"""What do the facts behind an alert look like? One declaration, one enterprise, for whoever may see them."""
