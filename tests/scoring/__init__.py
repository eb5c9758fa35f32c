"""What answers mean and what may be shown, tested."""
