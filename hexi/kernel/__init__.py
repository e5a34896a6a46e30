"""What can be said: labels, units, conditions, declarations and errors. Plain Python, no Django."""
