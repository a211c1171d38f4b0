"""What changes in the room: drafts, cards, hand-ins, boxes. One transaction each; the sensitive ones are acts."""
