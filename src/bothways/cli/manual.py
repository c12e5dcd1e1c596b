"""What `--help` says: of each command what it does, what it leaves alone, how it ends, and an example."""

BOTHWAYS = """\
Bothways is mentorship that you host yourself. This command runs an installation.

  bothways demo                                  a believable organisation to look around in
  bothways serve                                 web and worker, until you stop it
  bothways doctor                                is everything well, and what to do where not
  bothways found harbour "Harbour Trust" --administrator ada@example.org
                                                 a new organisation, and the way in for its first person
  bothways sign-in-link ada@example.org          a link that signs one person in, once
  bothways import people staff.csv --organisation harbour
                                                 people from another system, in any spelling
  bothways export people --organisation harbour  who is here, as CSV
  bothways certificate k3jm7qd2xw5tn8ap           the proof of a round that was sent
  bothways match --seekers a.csv --givers b.csv  a round of introductions by hand, proven the best

Everything lives in one folder, --data. Settings come from the environment: see docs/operate/settings.md.
Each command explains itself: bothways COMMAND --help
"""

ENDS = """\
Ends with 0 where it was done, and with 2 and a sentence that says what to do where it was not.
"""

DESCRIPTIONS = {
    "serve": """\
Serve pages and do the work behind them, until stopped by Ctrl-C or SIGTERM, which takes five seconds at most.

First brings database and static files up to this version. Then runs two processes, the web server and the
worker, and starts again whichever ends by itself. Neither outlives this command, however it ends. Put a proxy
that speaks HTTPS before it, and set BOTHWAYS_URL to the address people type: see docs/operate/install.md.
""",
    "demo": """\
Serve a made-up organisation with a year behind it, into which one steps as any of six people.

The first start fills it, in a minute or two; later ones find it as it was left. No mail leaves this machine,
and a folder that holds a real installation is refused. Beyond 2,000 people the rest come in bulk.
""",
    "migrate": """\
Bring the database and the static files up to this version. `bothways serve` does so by itself.

Make a copy of the data first. Safe to run twice; does nothing where there is nothing to do.
""",
    "doctor": """\
Look at settings, database, data folder, secret, mail, address, worker, clock and what waits; say of each
whether it is well and, where not, what to do. Changes nothing.

Ends with 0 where all is well and with 1 where something is not, so that a monitor can run it.
""",
    "try-again": """\
Put what the worker has given up back into its line: events, tasks and mails.

What fails is tried again by itself, with growing pauses. This is for what has failed too often, as while a
mail server was away for days. Mend the cause first; `bothways doctor` and the log say what it is.
""",
    "sign-in-link": """\
Print a link that signs one person in, once, within a quarter of an hour.

For the operator: where no mail arrives, or for the first person of an organisation. Whoever has the link is
that person; hand it over carefully.
""",
    "found": """\
Make a new organisation, its topics, and the first person, who administers it; print the link that signs
them in.

One installation holds several organisations, walled off from each other. The same address may administer more
than one of them.
""",
    "certificate": """\
Write out the proof that a round of introductions that was sent is the best there was.

For the operator alone: from prices one could work out who would rather not meet whom. It names nobody, only
places in the lists that the round was made from, as JSON of the kind bothways-certificate-2.

It was checked when the round was rehearsed, apart from what had found the round, and a round that fails is
shown to nobody. What people had said by then is not kept beside it, so it cannot be checked once more.
""",
    "import": """\
Bring people in from another system's list: bothways import people --help
""",
    "import people": """\
Bring people in from another system's list, whatever its headings, delimiter and encoding.

New people are made, without a mail to anybody; those who are here are brought up to date; nobody is removed.
All of the list comes in, or nothing. Columns about health, religion and the like are thrown away unread.
Try it with --dry-run first, which changes nothing. See docs/operate/people.md.
""",
    "export": """\
Write out who is here: bothways export people --help
""",
    "export people": """\
Write out who is here as CSV, which spreadsheets open and `bothways import people` reads.

What people write to each other, ask and learn is in no export. Formulas are made harmless.
""",
    "match": """\
Make the best round of introductions out of two lists: as many served as can be, then the most points.

Works by itself: no installation, no database, no settings; nothing is kept but the files you name. The
summary holds no names. Columns that say what somebody is are thrown away unread. Level counts only where a
rules file names it. Headings may be spelled in many ways. See docs/guide/a-round-by-hand.md.

Ends with 0 where the round was made and proven, with 1 where it could not be proven, and with 2 and a
sentence that says what to do where something must be mended first.
""",
    "verify": """\
Check from the lists that a round is the best there is under its rules, with what knows nothing of the solver.

Hand in the same lists and rules that it was made from; the order of their lines does not matter. With
--pairs it checks too that a file of pairs is the one that was proven. Leaves nothing behind.

Ends with 0 where it is proven, with 1 where it is not and what is wrong, and with 2 and a sentence that says
what to do where something cannot be read.
""",
}

EXAMPLES = {
    "serve": ("bothways serve --data /srv/bothways --port 8000",),
    "demo": ("bothways demo", "bothways demo --fresh --people 2000 --data ./large"),
    "migrate": ("bothways migrate --data /srv/bothways",),
    "doctor": ("bothways doctor --data /srv/bothways",),
    "try-again": ("bothways try-again --data /srv/bothways",),
    "sign-in-link": ("bothways sign-in-link ada@example.org",),
    "found": (
        'bothways found harbour "Harbour Trust" --administrator ada@example.org --time-zone Europe/Lisbon',
    ),
    "certificate": ("bothways certificate k3jm7qd2xw5tn8ap --out round.json",),
    "import people": (
        "bothways import people staff.csv --organisation harbour --dry-run",
        'bothways import people staff.csv --organisation harbour --column "Line boss=manager" --leavers mark',
    ),
    "match": (
        "bothways match --seekers seekers.csv --givers givers.csv --out pairs.csv --certificate round.json",
        "bothways match --seekers seekers.csv --givers givers.csv --rules rules.toml",
    ),
    "verify": (
        "bothways verify round.json --seekers seekers.csv --givers givers.csv",
        "bothways verify round.json --seekers seekers.csv --givers givers.csv --pairs pairs.csv",
    ),
    "export people": ("bothways export people --organisation harbour --out people.csv",),
}


def epilog(name: str) -> str:
    """Examples, and how the command ends where its description has not said so."""
    if name not in EXAMPLES:
        return ""
    lines = ["for example:", *(f"  {line}" for line in EXAMPLES[name])]
    return "\n".join(lines) + ("" if "Ends with" in DESCRIPTIONS[name] else f"\n\n{ENDS}")
