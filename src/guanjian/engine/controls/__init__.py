"""How is a control asked of a trail of events? Templates compiled to plain SQL, once per variant or over the log."""
