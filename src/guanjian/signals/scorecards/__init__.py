"""Which indicators together say how well a unit does one thing? One file per scorecard, all of one shape."""
