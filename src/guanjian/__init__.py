"""关鉴: risk prevention and control for a customs administration."""
