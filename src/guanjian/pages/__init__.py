"""How does one page look? The shell, its parts, and the three views (queue, record, step) that serve every loop."""
