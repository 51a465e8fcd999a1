"""Who of customs and of the police stands watch together, where and when? Drafted, consented to, taken up, handed over, read."""
