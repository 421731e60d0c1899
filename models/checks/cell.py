"""A measured value beside its bound."""


class Unmeasured(Exception):
    """Says why there is no value; counts as a bound that does not hold."""


class Cell:
    """`holds` is None for a value that has no bound."""

    def __init__(self, value, bound="", holds=None):
        self.value, self.bound, self.holds = value, bound, holds

    @property
    def verdict(self):
        return {True: "ok", False: "NOT", None: ""}[self.holds]


def at_least(value, bound):
    return Cell(shown(value), f">= {round(bound, 4)}", value >= bound)


def at_most(value, bound):
    return Cell(shown(value), f"<= {round(bound, 4)}", value <= bound)


def below(value, bound):
    return Cell(shown(value), f"< {round(bound, 4)}", value < bound)


def equal(value, bound):
    return Cell(shown(value), f"= {bound}", value == bound)


def shown(value):
    if value is None:  # JSON's null: not finite, or nothing to measure
        raise Unmeasured("the answer is null")
    return f"{value:.4f}" if isinstance(value, float) else str(value)
