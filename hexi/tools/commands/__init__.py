"""One command per file, found by scanning: `SUMMARY`, `arguments(parser)` and `run(options)`, which returns the exit code."""
