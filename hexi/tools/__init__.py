"""The `hexi` command: run, demo, import, new, check, bench."""
