"""What changes in the room: the circle, what it proposes, what the assembly decides. One transaction each."""
