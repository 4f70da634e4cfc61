"""What becomes of a question when nobody answers: it goes further, by due windows, and its author is told each time."""
