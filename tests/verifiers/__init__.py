"""Programs of others that must accept what we write: here the Go team's transparency log packages."""
