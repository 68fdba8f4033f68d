"""What a person built: values only."""
