import type { TimeoutInput } from '../commands/timeouts.ts'
import type { OptionSpec } from './command.ts'

const time = { type: 'string', value: 'TIME' } as const

/** How long the statements of a run may take. */
export const timeoutOptions = {
  'lock-timeout': {
    ...time,
    help: 'How long a statement waits for a lock, and others behind it: 500ms, 3s; 0: without end. By default what the config, the role or the URL sets, else 3s.',
  },
  'statement-timeout': {
    ...time,
    help: 'How long a statement takes at most: 30s, 10m; 0: without end. By default what the config, the role or the URL sets.',
  },
  'lock-retry': {
    ...time,
    help: 'How long what got no lock is tried again: 2m; 0: not at all. By default what `lockRetry` in the config says, 2m.',
  },
} as const satisfies Record<string, OptionSpec>

type TimeoutValues = { readonly [O in keyof typeof timeoutOptions]?: string | undefined }

/** The same as a command takes it. */
export const timeoutInput = (values: TimeoutValues): TimeoutInput => ({
  lockTimeout: values['lock-timeout'],
  statementTimeout: values['statement-timeout'],
  lockRetry: values['lock-retry'],
})
