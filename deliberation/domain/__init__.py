"""The pure core of deciding: rules, rounds, priorities, the plan, the protocol. It reads no clock, file or language."""
