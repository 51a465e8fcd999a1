"""The parts that every loop's pages are made of, tried on a small loop of their own."""
