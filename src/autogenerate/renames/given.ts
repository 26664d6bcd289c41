import { type FormerNames, meaningsOf } from '../../diff/renames/meant.ts'
import { endsOf, findThing, keyOf, thingsOf } from '../../diff/renames/things.ts'
import { LimbeckError } from '../../errors.ts'
import type { Rename, RenameKind } from '../../operations/rename-words.ts'
import { type RenameWords, readRenameWords, renameWords } from '../../operations/rename-words.ts'
import type { DatabaseSchema } from '../../schema/index.ts'
import { nearest } from '../../text/nearest.ts'
import { fewOf } from '../../text/sentences.ts'

/** The two schemas that renames lie between. */
export interface Sides {
  readonly current: DatabaseSchema
  readonly target: DatabaseSchema
}

/** The word that says that everything else is new. */
export const noneWord = 'none'

/** Reads what was given in words; throws `RENAME_INVALID` for what are none. */
export function readGiven(given: readonly string[]): RenameWords[] {
  return given
    .filter(text => text !== noneWord)
    .map(text => {
      const words = readRenameWords(text)
      if (words !== undefined) return words
      throw invalid(
        text,
        'it is no rename',
        "Write old=new: `users=people`, `users.nick=nickname`, `\"status.'open'='active'\"`; `none` for no renames.",
      )
    })
}

/** The rename that words mean, undefined where they mean nothing yet. Throws where they mean several. */
export function meaning(
  words: RenameWords,
  { current, target }: Sides,
  nowCalled: FormerNames,
): Rename | undefined {
  const { exact } = meaningsOf(words, current, target, nowCalled)
  const [only, ...others] = exact
  if (only === undefined || others.length === 0) return only
  const kinds = exact.map(({ kind }) => wordOf(kind))
  throw invalid(
    words.text,
    `it may mean the ${kinds.join(' or the ')}`,
    `Say which: \`${kinds[0]}:${words.text}\`.`,
  )
}

const wordOf = (kind: RenameKind): string =>
  (({ enumValue: 'value', routine: 'function' }) as Partial<Record<RenameKind, string>>)[kind] ??
  kind

/** Refuses a rename that takes an end of another. */
export function expectApart(decided: readonly GivenRename[]): void {
  const seen = new Map<string, string>()
  for (const { words, rename } of decided) {
    const { from, to } = endsOf(rename)
    for (const [end, name] of [
      [`from ${keyOf(from)}`, rename.from],
      [`to ${keyOf(to)}`, rename.to],
    ] as const) {
      const other = seen.get(end)
      if (other !== undefined && other !== words.text)
        throw invalid(words.text, `\`${other}\` has ${name} already`, 'Give one of the two.')
      seen.set(end, words.text)
    }
  }
}

/** Words with the rename that they mean. */
export interface GivenRename {
  readonly words: RenameWords
  readonly rename: Rename
}

/** The complaint about words whose new name something else keeps. */
export function nameIsTaken({ words, rename }: GivenRename): LimbeckError {
  return invalid(
    words.text,
    `the database has a ${rename.to} already`,
    'Say what becomes of that with another --rename, or change the names in the target.',
  )
}

/** The complaint about words that mean nothing: what is missing, and what is near. */
export function meansNothing(
  words: RenameWords,
  sides: Sides,
  nowCalled: FormerNames,
): LimbeckError {
  const { near } = meaningsOf(words, sides.current, sides.target, nowCalled)
  return near[0] === undefined
    ? oldIsMissing(words, sides.current)
    : newIsMissing(words, near as [Rename], sides)
}

function oldIsMissing({ text, path, to }: RenameWords, current: DatabaseSchema): LimbeckError {
  const spelled = path.join('.')
  const { defaultSchema } = current
  const known = [...thingsOf(current)].map(thing =>
    renameWords({ ...thing, from: thing.name, to }, defaultSchema).replace(/=[^=]*$/s, ''),
  )
  const near = nearest(spelled, known)
  const others = known.filter(name => name.split('.').length === path.length)
  return invalid(
    text,
    `the database has no ${spelled}`,
    near === undefined ? `It has ${fewOf(others, 8)}.` : `Did you mean ${near}?`,
  )
}

function newIsMissing(
  { text, to }: RenameWords,
  [rename]: readonly [Rename],
  { current, target }: Sides,
): LimbeckError {
  const { to: place } = endsOf(rename)
  const inPlace = (schema: DatabaseSchema) =>
    [...thingsOf(schema)].filter(
      thing => thing.kind === place.kind && thing.schema === place.schema && thing.of === place.of,
    )
  const fresh = inPlace(target).filter(thing => findThing(current, thing) === undefined)
  const names = (fresh.length > 0 ? fresh : inPlace(target)).map(({ name }) => name)
  const near = nearest(to, names)
  const where = place.of === undefined ? '' : ` of ${place.of}`
  return invalid(
    text,
    `the target has no ${wordOf(place.kind)} ${to}${where}`,
    near === undefined
      ? names.length > 0
        ? `New there: ${fewOf(names, 8)}.`
        : undefined
      : `Did you mean ${near}?`,
  )
}

function invalid(text: string, problem: string, hint?: string): LimbeckError {
  return new LimbeckError('RENAME_INVALID', `--rename ${text}: ${problem}.`, {
    facts: { rename: text },
    ...(hint === undefined ? {} : { hint }),
  })
}
