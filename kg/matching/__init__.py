"""The same thing under several names: candidates, a score that explains itself, and decisions that are kept with the data."""
