"""Which sentences assert something that can be checked, and why they are worth checking; never whether it is true."""
