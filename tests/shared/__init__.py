"""Published figures, reproduced on real data that is not part of the project."""
