"""Who answers for a risk that spreads, and what becomes of it? Claimed or disputed, treated by dated measures, reviewed, closed."""
