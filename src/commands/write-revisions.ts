import { rmSync } from 'node:fs'
import { expectNotInterrupted } from '../dialects/interruption.ts'
import type { Project } from '../environment/project.ts'
import type { RevisionDirective } from '../runtime/revision-directive.ts'
import { composeScript, type NewScript, writeNewScript } from '../scripts/new-script.ts'
import type { ScriptParts } from '../scripts/script-parts.ts'
import { type HookRun, runWriteHooks } from '../scripts/write-hooks.ts'
import { type Addition, direct, placeDirectives } from './new-revisions.ts'
import type { WrittenRevision } from './results/revision.ts'
import { runRevisionEnvironment } from './revision-environment.ts'

export interface PlainRevisionOptions {
  /** Run env.ts offline. */
  readonly sql?: boolean | undefined
  /** What is known of its downgrade; `unproved` by default. */
  readonly downgradeLabel?: string | undefined
}

/**
 * Writes a revision that no comparison fills. Where the config has `revisionEnvironment`, env.ts runs
 * first: it may add variables for the template, and change what is written, or leave it out.
 */
export async function writePlainRevision(
  addition: Addition,
  directive: RevisionDirective,
  { sql, downgradeLabel }: PlainRevisionOptions = {},
): Promise<WrittenRevision[]> {
  const directives = [directive]
  let template: Pick<ScriptParts, 'templateArgs' | 'tokens'> = {}
  await runRevisionEnvironment(addition.project, {
    isOffline: sql,
    work: async (session, environment) => {
      const { tokens, templateArgs } = session
      template = { tokens, templateArgs: { ...template.templateArgs, ...templateArgs } }
      await direct(session, environment, directives)
    },
  })
  const scripts: NewScript[] = []
  for (const [index, parts] of placeDirectives(addition, directives, template).entries()) {
    scripts.push(
      await composeScript({
        ...(await filledIn(parts, directives[index]!, addition)),
        downgradeLabel,
      }),
    )
  }
  return (await writeScripts(addition.project, scripts)).map(writtenRevision)
}

/** Only a hook gives operations: without one the command does without the rooms that render them. */
async function filledIn(
  parts: ScriptParts,
  directive: RevisionDirective,
  { project: { config } }: Pick<Addition, 'project'>,
): Promise<ScriptParts> {
  const { upgradeOperations: upgrade, downgradeOperations: downgrade } = directive
  if (upgrade.length === 0 && downgrade === undefined) return parts
  const { withCode } = await import('../autogenerate/propose.ts')
  const { namingConvention } = config
  // Without a database no schema is the one that names may leave out.
  return withCode({ parts, upgrade, downgrade }, { defaultSchema: '', namingConvention })
}

/** A new file that is there, and the hooks that have run on it. */
export interface WrittenScript {
  readonly script: NewScript
  readonly hooks: readonly HookRun[]
}

/** Writes new scripts, all or none, and runs the config's hooks on each. */
export async function writeScripts(
  { config, report, signal }: Project,
  scripts: readonly NewScript[],
): Promise<WrittenScript[]> {
  // What a command was kept from finding out would be missing in the file.
  expectNotInterrupted(signal)
  writeAll(scripts)
  const written: WrittenScript[] = []
  for (const script of scripts) {
    written.push({ script, hooks: await runWriteHooks(script.path, config, report) })
  }
  return written
}

/** What a result says of a written file. */
export function writtenRevision({ script, hooks }: WrittenScript): WrittenRevision {
  const { id, message, downRevisions } = script.revision
  return { id, message, path: script.path, downRevisions, hooks: hooks.map(hook => hook.name) }
}

function writeAll(scripts: readonly NewScript[]): void {
  const written: NewScript[] = []
  try {
    for (const script of scripts) {
      writeNewScript(script)
      written.push(script)
    }
  } catch (error) {
    for (const { path } of written) rmSync(path, { force: true })
    throw error
  }
}
