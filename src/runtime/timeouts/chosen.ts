import { parseDuration } from '../../config/duration.ts'
import type { TimeoutName } from '../../dialects/timeouts.ts'
import type { ConfigureOptions } from '../configure-options.ts'
import type { Defaults } from '../context-parts.ts'

/** A timeout that somebody has chosen for limbeck. */
export interface ChosenTimeout {
  /** 0: without end. */
  readonly milliseconds: number
  /** Where: `--lock-timeout`, a key of the config. */
  readonly from: string
}

/** What was chosen for a run: on the command line, in `env.ts`, in the config. */
export type ChosenTimeouts = { readonly [K in TimeoutName]?: ChosenTimeout | undefined } & {
  /** How long what got no lock is tried again, in milliseconds; 0: not at all. */
  readonly retry: number
}

/** What `configure` says, over what the config says. */
export function chosenTimeouts(
  options: Pick<ConfigureOptions, 'lockTimeout' | 'statementTimeout' | 'lockRetry'>,
  defaults: Pick<Defaults, 'lockTimeout' | 'statementTimeout' | 'lockRetry'>,
): ChosenTimeouts {
  const choose = (key: 'lockTimeout' | 'statementTimeout'): ChosenTimeout | undefined =>
    timeout(parsed(options[key]), `context.configure({ ${key} })`) ??
    timeout(defaults[key], `${key} of the config`)
  return {
    lock: choose('lockTimeout'),
    statement: choose('statementTimeout'),
    retry: parsed(options.lockRetry) ?? defaults.lockRetry,
  }
}

const parsed = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseDuration(text)

const timeout = (milliseconds: number | undefined, from: string): ChosenTimeout | undefined =>
  milliseconds === undefined ? undefined : { milliseconds, from }
