"""What do the police know that customs needs? Request, product with its source protected, use or refusal, value."""
