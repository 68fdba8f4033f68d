"""What people bring themselves, as it is kept: a folder for each table or set of pictures, with its owner."""
