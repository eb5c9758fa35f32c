"""The store's contract, a room a shelf. Imports data's values only."""
