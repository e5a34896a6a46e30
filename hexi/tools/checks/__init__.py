"""Our own checker: what the house demands and no linter sees. One file per rule; its docstring is the rule."""
