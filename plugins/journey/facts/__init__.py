"""Facts: a number that matters is defined once, with its year and source, and quoted everywhere else."""
