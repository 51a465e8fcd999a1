"""What waits to be run? Rows with a lease, a worker that takes them, and a schedule; knows no business."""
