"""Tables of texts, heading first, as Markdown or aligned for a terminal. The first `labels` columns are words."""


def markdown(table, labels):
    heading, *lines = table
    out = [f"| {' | '.join(heading)} |", "|" + "---|" * labels + "---:|" * (len(heading) - labels)]
    return "\n".join([*out, *(f"| {' | '.join(line)} |" for line in lines)])


def plain(table, labels):
    widths = [max(len(cell) for cell in column) for column in zip(*table)]
    lines = []
    for row in table:
        cells = [c.ljust(w) if i < labels else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
