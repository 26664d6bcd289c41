import type { HookRevision, HookRun, Hooks } from '../config/hooks.ts'
import { LimbeckError, messageOf } from '../errors.ts'
import type { Plan, Step } from '../revisions/plan.ts'
import type { Report } from './events.ts'
import type { MigrationSession } from './migration-session.ts'
import { ListenerFailed } from './version-apply.ts'

/** A step as hooks are told of it. */
export const hookRevision = ({ revision, direction, from, to }: Step): HookRevision => ({
  revision: revision.id,
  direction,
  from,
  to,
  message: revision.message,
})

/** A run as hooks are told of it. */
export const hookRun = ({ database }: MigrationSession, plan: Plan): HookRun => ({
  database,
  from: plan.headsBefore,
  to: plan.headsAfter,
  revisions: plan.steps.map(hookRevision),
})

/** Calls a hook that stands inside a step, which fails with what it throws. */
export async function callInStep<T>(
  name: keyof Hooks,
  hook: (told: T) => void | Promise<void>,
  told: T,
): Promise<void> {
  try {
    await hook(told)
  } catch (error) {
    throw new ListenerFailed(`hooks.${name}`, error)
  }
}

/** Calls the hook before a run. */
export async function callBeforeRun({ beforeRun }: Hooks, run: HookRun): Promise<void> {
  try {
    await beforeRun?.(run)
  } catch (error) {
    throw hookFailed('beforeRun', error, run, 'Nothing was done.')
  }
}

/** Calls the hook after a run, which has done its work whatever comes of it. */
export async function callAfterRun(
  { afterRun }: Hooks,
  run: HookRun & { readonly milliseconds: number },
): Promise<void> {
  try {
    await afterRun?.(run)
  } catch (error) {
    const stays = run.revisions.map(({ revision }) => revision).join(', ')
    const outcome = `The run itself was done.${stays === '' ? '' : ` Stays: ${stays}.`}`
    throw hookFailed('afterRun', error, run, outcome)
  }
}

/** Calls the hook on failures; that it fails itself must not hide why it was called. */
export async function callOnError(
  { onError }: Hooks,
  run: HookRun,
  error: unknown,
  report: Report,
): Promise<void> {
  try {
    await onError?.({ ...run, error })
  } catch (thrown) {
    const message = `hooks.onError failed itself: ${messageOf(thrown)}`
    report({ type: 'warning', message, facts: { hook: 'onError' } })
  }
}

function hookFailed(
  hook: keyof Hooks,
  error: unknown,
  run: HookRun,
  outcome: string,
): LimbeckError {
  const { database, from, to } = run
  return new LimbeckError(
    'HOOK_FAILED',
    `hooks.${hook} failed: ${asSentence(messageOf(error))} ${outcome}`,
    {
      facts: { hook, database, from, to },
      hint:
        hook === 'beforeRun'
          ? 'Correct the hook, or what it complains of, and run the same command again.'
          : 'Correct the hook. The database needs nothing more.',
      cause: error,
    },
  )
}

const asSentence = (message: string): string => message.replace(/[.!?]?$/, end => end || '.')
