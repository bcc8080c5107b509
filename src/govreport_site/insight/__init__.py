"""What reports say, and how they relate to one another: each answer with the words that caused it, none a verdict."""
