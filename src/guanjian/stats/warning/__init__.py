"""Is this week above normal for this series? Farrington, EARS, CUSUM, likelihood ratios, and what belongs to them."""
