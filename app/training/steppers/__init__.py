"""How steps are taken. The eager one serves every task and is the reference."""
