"""Speed: what is promised, as measured on this machine. `python -m benchmarks`."""
