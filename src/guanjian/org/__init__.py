"""Who are we, and over whom? Posts, actors, territory, labels; the tables of units, people, calendar and parameters."""
