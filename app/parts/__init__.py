"""What can be chosen: one part, one class, one file. Values only; torch is named here, never imported."""
