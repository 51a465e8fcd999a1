"""Does a district's reform fit the whole? Filed to headquarters, examined against the others, answered in time, evaluated."""
