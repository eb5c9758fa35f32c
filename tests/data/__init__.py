"""Tests of data/: the store, the file, the questionnaires and what is read from files."""
