import type { OptionSpec } from './command.ts'

/** How long commands that move version rows wait for each other. */
export const waitLockOption = {
  type: 'string',
  value: 'TIME',
  help: 'How long to wait for another run on this database: 500ms, 60s, 2m; 0: not at all. By default what `waitLock` in the config says, 60s.',
} as const satisfies OptionSpec
