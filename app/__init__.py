"""Trainyard: a neural-network playground that trains real networks."""
