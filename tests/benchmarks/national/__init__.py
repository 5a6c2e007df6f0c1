"""The registers at the size of the whole country: what goes in by file, and what is summed up."""
