"""What Homeward costs in time, beside its peers in the same run."""
