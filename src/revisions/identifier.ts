import { LimbeckError } from '../errors.ts'

/** A revision argument taken apart: `label@symbol+n`, each part optional. */
export interface Identifier {
  /** The argument as it was written. */
  readonly text: string
  /** Before the `@`: a branch label, or a revision standing for the branch it is on. */
  readonly branch?: string | undefined
  /** An id, the beginning of one, a label, `head`, `heads`, `base` or `current`. */
  readonly symbol?: string | undefined
  /** Steps from the symbol, or from where the database is: up when positive. */
  readonly offset?: number | undefined
}

/** Takes a revision argument apart; `names` are those that are taken whole, whatever they contain. */
export function parseIdentifier(text: string, names?: ReadonlyMap<string, unknown>): Identifier {
  if (names?.has(text)) return { text, symbol: text }
  const at = text.indexOf('@')
  const branch = at < 0 ? undefined : text.slice(0, at)
  const rest = text.slice(at + 1)
  const offset = names?.has(rest) ? undefined : /[+-]\d+$/.exec(rest)?.[0]
  const symbol = rest.slice(0, rest.length - (offset?.length ?? 0))
  if (branch === '' || (symbol === '' && offset === undefined)) throw emptyError(text)
  return {
    text,
    branch,
    symbol: symbol || undefined,
    offset: offset === undefined ? undefined : Number(offset),
  }
}

/** Words that an id or label may not be, because they already mean something. */
export const reservedNames: readonly string[] = ['head', 'heads', 'base', 'current']

const maximumLength = 32

/** Refuses an id that could not be told apart from the rest of a revision argument; `place` is where it stands. */
export function assertGoodId(id: string, place = () => ''): void {
  const characters = [...new Set(id.match(/[@+:-]/g))]
  if (characters.length > 0) {
    const fact = `contains ${characters.map(c => `'${c}'`).join(', ')}${place()}`
    throw invalidId(id, fact, 'Leave out @, -, + and :.')
  }
  if (reservedNames.includes(id)) {
    throw invalidId(id, `is a word with a meaning of its own${place()}`, 'Choose another id.')
  }
  if (id === '') throw invalidId(id, `is empty${place()}`, 'Choose an id.')
}

/**
 * Refuses what {@link assertGoodId} does, what a file's name or a string in its code cannot hold,
 * and an id that the version table has no room for.
 */
export function assertGoodNewId(id: string): void {
  assertGoodId(id)
  const [character] = /[^\p{L}\p{N}_.]/u.exec(id) ?? []
  if (character !== undefined) {
    throw invalidId(id, `contains '${character}'`, 'Use letters, digits, _ and dots.')
  }
  if (id.length > maximumLength) {
    const fact = `is ${id.length} characters long`
    throw invalidId(id, fact, `The version table holds ids of up to ${maximumLength} characters.`)
  }
}

/** What limbeck and Alembic make ids of; an abbreviation of one may be as short as this. */
const idLike = /^(?=.*\d)[\da-f]{8,}$/i

/**
 * Refuses a label that could not be told apart from an id or from the rest of a revision argument,
 * and one that lists of labels, and strings in a file's code, cannot hold as it is.
 */
export function assertGoodNewLabel(label: string): void {
  const [character] = /[@+:\-\s,'"`\\\p{Cc}]/u.exec(label) ?? []
  if (character !== undefined) {
    const hint = 'Leave out @, -, + and :, blanks, commas, quotes and backslashes.'
    throw invalidLabel(label, `contains ${JSON.stringify(character)}`, hint)
  }
  if (reservedNames.includes(label)) {
    throw invalidLabel(label, 'is a word with a meaning of its own', 'Choose another name.')
  }
  if (label === '') throw invalidLabel(label, 'is empty', 'Choose a name.')
  if (idLike.test(label)) {
    throw invalidLabel(
      label,
      'looks like the id of a revision',
      'Choose a name that no id could be.',
    )
  }
}

function invalidLabel(label: string, fact: string, hint: string): LimbeckError {
  return new LimbeckError('BRANCH_LABEL_INVALID', `The branch label '${label}' ${fact}.`, {
    facts: { label },
    hint,
  })
}

function invalidId(id: string, fact: string, hint: string): LimbeckError {
  return new LimbeckError('REVISION_ID_INVALID', `The revision id '${id}' ${fact}.`, {
    facts: { revision: id },
    hint,
  })
}

function emptyError(text: string): LimbeckError {
  return new LimbeckError('REVISION_NOT_FOUND', `'${text}' names no revision.`, {
    facts: { argument: text },
    hint: 'Give an id, the beginning of one, a branch label, head, heads or base.',
  })
}
