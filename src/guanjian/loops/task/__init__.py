"""Who does what by when, and is it done? Decomposed to unit, post and date; promised, reported, urged, evaluated by others."""
