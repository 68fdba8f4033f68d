"""What is kept and told of a run: measurements, evaluations, pictures and checkpoints, each at its fixed steps."""
