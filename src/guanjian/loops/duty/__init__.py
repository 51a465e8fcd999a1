"""Does a leader carry both lines of his post? A list for a period, evidence from the trace alone, heard, judged from above by two."""
