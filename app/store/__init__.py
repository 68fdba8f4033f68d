"""Rows to search by; they can be rebuilt from the runs' folders."""
