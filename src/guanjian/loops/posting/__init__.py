"""Who serves where next, and with which rank? Proposed, cleared, consented to and decided by different people, then registered."""
