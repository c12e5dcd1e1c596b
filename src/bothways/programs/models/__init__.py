from bothways.programs.models.program import Participation, Program
from bothways.programs.models.round import Entry, LeftOut, Pairing, Pin, Rehearsal, Round, Step

__all__ = ["Entry", "LeftOut", "Pairing", "Participation", "Pin", "Program", "Rehearsal", "Round", "Step"]
