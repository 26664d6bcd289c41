import { keysWithoutCounterpart } from '../../src/config/alembic-ini/without-counterpart.ts'
import { withoutCounterpart as optionsWithoutCounterpart } from '../../src/runtime/alembic-options.ts'

/** A difference that no recorded answer speaks of. */
export interface StatedDifference {
  readonly id: string
  readonly reason: string
}

const listed = (reasons: Readonly<Record<string, string>>): StatedDifference[] =>
  Object.entries(reasons).map(([id, reason]) => ({ id, reason }))

/** What differs beyond the recorded answers, by what it is about; tests of the features hold each. */
export const statedDifferences: Readonly<Record<string, readonly StatedDifference[]>> = {
  commands: [
    {
      id: 'errors-on-stderr',
      reason:
        'Errors go to stderr, with a code and what to do next; Alembic prints `FAILED: …` among the results.',
    },
    {
      id: 'exit-status',
      reason:
        'The exit status says what kind of failure it is (see [exit statuses](exit-status.md)); in Alembic every failure is 255, or 1 with a traceback.',
    },
    {
      id: 'progress-on-stderr',
      reason:
        'The `Running …` lines go to stderr, with a level before them, whatever `env.ts` says of logging; Alembic writes them where the ini file configures a logger.',
    },
    {
      id: 'quiet',
      reason: '`--quiet` keeps warnings and errors; in Alembic a failure is silent then.',
    },
    {
      id: 'order-is-fixed',
      reason:
        'Labels are in alphabetical order, and everything else in the order of the files; in Alembic several listings and the order of some steps differ from run to run.',
    },
    {
      id: 'reading-does-not-write',
      reason:
        '`current`, `history`, `show` and `check` create no version table; in Alembic all but `current` do.',
    },
    {
      id: 'nothing-half-written',
      reason:
        'What is wrong with a new revision (a label that is taken, a graph that cannot be read) is found before its file is written; Alembic writes it first.',
    },
    {
      id: 'ids-that-fit',
      reason:
        'A new id has at most the 32 characters that the version table holds, and only letters, digits, `_` and dots; Alembic writes any, and fails when it is applied.',
    },
    {
      id: 'label-is-no-id',
      reason:
        'A new branch label may not look like an id, nor hold blanks, commas, quotes or the signs of a revision argument; Alembic takes any.',
    },
    {
      id: 'one-comparison',
      reason:
        '`revision --autogenerate` refuses an `env.ts` that runs the migrations for several databases; Alembic writes one file with functions for each.',
    },
    {
      id: 'nothing-to-do',
      reason:
        'An `upgrade`, `downgrade` or `stamp` that has nothing to do says so on stderr; Alembic says nothing.',
    },
    {
      id: 'downgrade-asks',
      reason:
        'In a terminal `downgrade base` says which tables and rows go and asks; `--yes` answers. Alembic just does it.',
    },
    {
      id: 'merge-is-proved',
      reason:
        '`merge` runs the branches in scratch, in each order, before it writes the file; `--no-proof` leaves that out.',
    },
    {
      id: 'check-in-words',
      reason:
        '`check` prints a line for each change and exits with 3; Alembic prints the reprs of its objects.',
    },
    {
      id: 'raiseerr',
      reason: '`--raiseerr` is `--trace`: the stack on stderr, and the same exit status.',
    },
    {
      id: 'init-package',
      reason:
        '`init --package` makes no files: a folder of TypeScript is importable without an `__init__.py`.',
    },
    {
      id: 'template-names',
      reason:
        '`init -t async`, `pyproject` and `pyproject_async` are the template `generic`, since everything is asynchronous and the config is TypeScript; `multidb` is `databases` in the config and `-n`.',
    },
    {
      id: 'offline-ledger',
      reason:
        'A script of `--sql` also keeps the ledger `limbeck_ledger`; `offlineLedger: false` leaves that out.',
    },
    {
      id: 'offline-guards',
      reason:
        'A script of `--sql` begins by looking whether the database is where it starts, and stops elsewhere; `offlineGuards: false` leaves that out.',
    },
  ],
  config: [
    {
      id: 'time-zone',
      reason:
        'Without `timezone` the date in a file is in UTC; in Alembic it is in the time zone of the machine.',
    },
    {
      id: 'naming-convention',
      reason:
        "The convention for names stands in the config, with SQLAlchemy's tokens; it takes no functions of one's own, knows no columns of a check, and refuses a token that is unknown before anything is named.",
    },
    {
      id: 'one-config',
      reason:
        '`-c` is given once, and `pyproject.toml` is not read: a config is a `limbeck.config.ts` or an `alembic.ini`.',
    },
    {
      id: 'hooks-that-fail',
      reason:
        'A post-write hook that fails, or leaves another revision than was written, ends the command with an error; Alembic does not look at how a program ends.',
    },
    {
      id: 'location-of-the-parent',
      reason:
        'Among several version locations a new file goes to that of its parent also where the parent lies in a folder inside it; Alembic refuses that.',
    },
  ],
  configure: listed(optionsWithoutCounterpart),
  ini: listed(keysWithoutCounterpart),
}
