"""Questions: one `.rq` file each, with typed parameters, rows and evidence."""
