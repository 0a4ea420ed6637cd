"""What the columns of a table of articles mean, and the days written in them."""
