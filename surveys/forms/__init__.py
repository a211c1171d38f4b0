"""What people send to the surveys room, read and checked."""
