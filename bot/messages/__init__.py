"""Records in, `Post` or view out. User text is escaped here, once."""
