import { errorCodes } from '../errors.ts'

/** What each exit status of the process means; docs/reference/exit-status.md is this table. */
export const exitStatuses = [
  { status: 0, meaning: 'Done. Also when there was nothing to do.' },
  { status: 1, meaning: 'It failed; the error says what was rolled back and what stays.' },
  { status: 2, meaning: 'The command line, the config or the environment is wrong.' },
  { status: 3, meaning: 'The target holds changes that no revision has yet (`check`).' },
  { status: 4, meaning: 'There are several heads and the command needs one.' },
  { status: 5, meaning: 'The database is not at every head (`current --check-heads`).' },
  { status: 6, meaning: 'Another run holds the database, and did not end within `--wait-lock`.' },
  { status: 7, meaning: 'A script was edited after it had been applied (`check`).' },
  { status: 129, meaning: 'Interrupted by SIGHUP: the terminal was closed.' },
  { status: 130, meaning: 'Interrupted by Ctrl-C (SIGINT); the error says where, and what stays.' },
  { status: 143, meaning: 'Interrupted by SIGTERM, as Kubernetes sends it; the same.' },
] as const

export const success = 0
export const wrongUsage = errorCodes.USAGE
