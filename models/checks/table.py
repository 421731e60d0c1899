"""The table, for people and for model cards, with what its cells have no room for below it."""
from .cell import Cell, Unmeasured
from .model_set import NAMES
from .second_copy import second_copies


def show(models, facts, rows, markdown):
    print(f"### {models.title}\n" if markdown else models.title)
    for line in markdown_of(rows) if markdown else lines_of(rows):
        print(line.rstrip())
    print()
    lines = [f"{what}: {cell.verdict}" for what, cell in facts] + notes_of(models)
    for line in lines + [f"NOT measured: {f}" for row in rows for f in row.failures]:
        print(f"- {line}" if markdown else line)
    print()


def lines_of(rows):
    columns = [["", *(row.title for row in rows)]]
    for i, name in enumerate(NAMES):
        cells = [row.cells[i] or Cell("") for row in rows]
        value = max(len(cell.value) for cell in cells)
        bound = max(len(cell.bound) for cell in cells)
        columns.append([name] + [f"{cell.value:>{value}} {cell.bound:{bound}} {cell.verdict}"
                                 for cell in cells])
    widths = [max(map(len, column)) for column in columns]
    for line in zip(*columns):
        yield "   ".join(f"{text:{width}}" for text, width in zip(line, widths))


def markdown_of(rows):
    yield "| | " + " | ".join(NAMES) + " |"
    yield "|---" * (len(NAMES) + 1) + "|"
    for row in rows:
        yield f"| {row.title.strip()} | " + " | ".join(map(markdown_cell, row.cells)) + " |"


def markdown_cell(cell):
    if not cell:
        return ""
    bound = f" ({cell.bound})" if cell.bound else ""
    return cell.value + bound + (f" **{cell.verdict}**" if cell.holds is False else "")


def notes_of(models):
    counts = models.counts
    notes = [f"the best counted bigrams' loss: {counts['own_loss']:.4f} on data/{models.own.name}, "
             f"{counts['valid_loss']:.4f} on the held-out text"]
    for name in NAMES[1:]:
        try:
            copying = models[name].copying()
            heads = ", ".join(f"{head} {score:.2f}" for head, score in copying.items())
            notes.append(f"copying heads, {name}: {heads or 'none'}")
            if name == "two-layer":
                heads = ", ".join(models[name].induction_heads())
                notes.append(f"induction heads, {name}: {heads or 'none'}")
                notes.append(str(second_copies(models[name], models.other)))
        except Unmeasured:
            pass  # its row says why
    return notes
