import { readFileSync } from 'node:fs'
import type { PostWriteHook } from '../config/config.ts'
import type { ResolvedConfig } from '../config/resolved-config.ts'
import { LimbeckError, messageOf } from '../errors.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { changedExport } from './changed-export.ts'
import { type ErrorPlace, placeOf } from './error-place.ts'
import { type HookReport, runProgram } from './program-hook.ts'
import { scanRevision } from './scan.ts'

/** A hook that was run on a file. */
export interface HookRun {
  readonly name: string
  /** Whether the file is another one since. */
  readonly hasChangedFile: boolean
}

/**
 * Runs the config's post-write hooks on a revision file, in their order. After each the file must
 * still be the revision that it was; the file stays in any case.
 */
export async function runWriteHooks(
  path: string,
  config: Pick<ResolvedConfig, 'path' | 'directory' | 'postWriteHooks'>,
  report: HookReport,
): Promise<HookRun[]> {
  const runs: HookRun[] = []
  if (config.postWriteHooks.length === 0) return runs
  let text = readFileSync(path, 'utf8')
  const written = await scanRevision(path, text)
  for (const [index, hook] of config.postWriteHooks.entries()) {
    const name = nameOf(hook, index)
    await runHook(hook, path, config, report).catch(error => {
      const isFunction = typeof hook === 'function'
      throw failed(name, path, isFunction ? placeOf(error) : { reason: error.message }, error)
    })
    const before = text
    text = await readAgain(written, name)
    runs.push({ name, hasChangedFile: text !== before })
  }
  return runs
}

function nameOf(hook: PostWriteHook, index: number): string {
  const name = typeof hook === 'function' ? hook.name : (hook.name ?? hook.executable)
  return name || `postWriteHooks[${index}]`
}

async function runHook(
  hook: PostWriteHook,
  path: string,
  { directory }: Pick<ResolvedConfig, 'directory'>,
  report: HookReport,
): Promise<void> {
  if (typeof hook === 'function') await hook(path)
  else await runProgram(hook, path, directory, report)
}

/** The file's text after a hook, which may have changed anything but the revision's place in the graph. */
async function readAgain(written: ScannedRevision, hook: string): Promise<string> {
  const { path } = written
  try {
    const text = readFileSync(path, 'utf8')
    assertSame(written, await scanRevision(path, text))
    return text
  } catch (error) {
    throw brokenRevision([hook], path, error)
  }
}

function assertSame(written: ScannedRevision, found: ScannedRevision): void {
  const changed = changedExport(written, found)
  if (changed === undefined) return
  const [before, after] = [changed.wanted, changed.found].map(value => JSON.stringify(value))
  throw new Error(`\`${changed.name}\` was ${before} and is now ${after}.`)
}

/** A hook, or one of those that have changed the file, has left something else than the revision. */
export function brokenRevision(
  hooks: readonly string[],
  path: string,
  error: unknown,
): LimbeckError {
  const reason = messageOf(error)
  const names = hooks.map(hook => `'${hook}'`).join(', ')
  return new LimbeckError(
    'WRITE_HOOK_BROKE_REVISION',
    `After the post-write hook ${names} the new file is not the revision that was written: ${reason}`,
    {
      facts: { hooks, path, reason },
      hint: `Correct the hook; then correct ${path}, or delete it and run the command again.`,
      cause: error,
    },
  )
}

function failed(hook: string, path: string, place: ErrorPlace, cause: unknown): LimbeckError {
  const { path: file, line, column, reason } = place
  const where = line === undefined ? '' : `${file}:${line}:${column}: `
  return new LimbeckError(
    'WRITE_HOOK_FAILED',
    `The post-write hook '${hook}' failed: ${where}${reason}. The file ${path} was written and stays.`,
    {
      facts: { hook, path, reason, ...(line === undefined ? {} : { file, line, column }) },
      hint: 'Correct `postWriteHooks` in the config, and run the hook on the file by hand.',
      cause,
    },
  )
}
