"""The policy table as text, to be read by a human before it changes.

python -m tests.rails.policy_table      writes what is, for somebody to read and commit
"""

from pathlib import Path

FILE = Path(__file__).parent / "policy_table.csv"
HEADER = "name,pattern,who,relation,model,methods,counts as being here"

# Routes without an object in their row that rightly answer 404 to some of those who may come.
NOTES: dict[str, str] = {
    "demo_step": "404 outside the demo",
    "connections_answer": "404 for a token that opens nothing",
    "inbox_ics": "404 for a token that opens nothing",
    "inbox_unsubscribe": "404 for a token that opens nothing",
}


def as_it_is() -> list[str]:
    from tests.rails.routes import every_route

    lines = []
    for route in every_route():
        row = route.row
        if row is None:
            continue
        model = row.relation.model._meta.label if row.relation.model is not None else "-"
        here = "no" if row.quiet else "yes"
        cells = [
            route.name,
            route.pattern,
            row.may.name,
            row.relation.scope or row.relation.name,
            model,
            " ".join(row.methods),
            here,
        ]
        lines.append(",".join(cells))
    return [HEADER, *sorted(lines)]


def as_read() -> list[str]:
    return FILE.read_text().splitlines()


def main() -> None:
    import django

    django.setup()
    FILE.write_text("\n".join(as_it_is()) + "\n")


if __name__ == "__main__":
    main()
