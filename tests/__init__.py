"""What the house promises, tested floor by floor."""
