"""How did customs and police of a district do together against smuggling? A period frozen, reviewed, objected to, decided, published."""
