"""Programmes of work that a government promised for a year: tasks, targets, progress, and the monthly report on them."""
