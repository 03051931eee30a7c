"""What a show is made of: immutable records that know where in its files each value stands."""
