import { differences } from './differences.ts'
import { isListing, isSameSet, type PlainAnswer, plainAnswer } from './plain-answer.ts'
import { type PlainGraph, readPlainly, withAncestors } from './plain-graph.ts'
import { inLoadOrder, type TextAnswer, type TextVector } from './text-vector.ts'
import type { GraphVector, VectorCommand } from './vector.ts'

/**
 * The difference in the graph's answers by which a command line knowingly does otherwise: its
 * situation, and what was recorded, are the rule's, and what limbeck did is what the documentation
 * promises. Undefined where there is none.
 */
export function graphDifference(
  vector: TextVector,
  recorded: TextAnswer,
  ours: TextAnswer,
): string | undefined {
  const asked = asGraphVector(vector, recorded)
  if (asked === undefined) return undefined
  const graph = readPlainly(asked)
  const promised = plainAnswer(asked, graph)
  if (promised === undefined || !keeps(vector, graph, promised, ours)) return undefined
  if (keeps(vector, graph, promised, recorded)) return undefined
  return differences.find(rule => rule.concerns({ vector: asked, graph, promised }))?.id
}

/** What a command line asks for, as a vector of graphs says it. */
function asGraphVector(vector: TextVector, recorded: TextAnswer): GraphVector | undefined {
  const command = commandOf(vector)
  if (command === undefined) return undefined
  const category = /^error:(.*)/.exec(recorded.stderr_category ?? '')?.[1]
  return {
    name: vector.name,
    revisions: inLoadOrder(vector.graph.revisions),
    heads: vector.graph.rows,
    command,
    expect: category === undefined ? {} : { error: { category } },
  }
}

function commandOf({ argv, graph }: TextVector): VectorCommand | undefined {
  const [kind = '', ...rest] = argv
  const { words, options } = readWords(rest)
  const [target = ''] = words
  const has = (...names: string[]) => names.some(name => options.has(name))
  const value = (...names: string[]) => names.map(name => options.get(name)).find(Boolean)
  switch (kind) {
    case 'upgrade':
    case 'downgrade':
      return { kind, target, offline: has('--sql') }
    case 'stamp':
      return { kind, target: words, offline: has('--sql'), purge: has('--purge') }
    case 'history':
      return { kind, target: value('-r', '--rev-range') ?? null }
    case 'current':
      return { kind, checkHeads: has('-c', '--check-heads') }
    case 'show':
      return { kind: 'resolve', target: target === 'current' ? graph.rows : target }
    case 'merge':
    case 'revision':
      return {
        kind,
        target: words,
        revId: value('--rev-id') ?? '',
        head: value('--head') ?? 'head',
        splice: has('--splice'),
        ...(has('--branch-label') ? { branchLabel: value('--branch-label')! } : {}),
        ...(has('--depends-on') ? { dependsOn: value('--depends-on')! } : {}),
      }
  }
}

const withValue =
  /^(-r|--rev-range|-m|--message|--rev-id|--head|--branch-label|--depends-on|--version-path)$/

function readWords(rest: readonly string[]) {
  const words: string[] = []
  const options = new Map<string, string>()
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!
    const [, short, glued] = /^(-r|--[\w-]+)=?(.*)$/s.exec(word) ?? []
    if (withValue.test(word)) options.set(word, rest[++at] ?? '')
    else if (short !== undefined) options.set(short, glued ?? '')
    else if (/^-[a-z]/.test(word)) options.set(word, '')
    else words.push(word)
  }
  return { words, options }
}

/** Whether what a command line did is what was promised: an error, revisions, rows. */
function keeps(
  vector: TextVector,
  graph: PlainGraph,
  promised: PlainAnswer,
  answer: TextAnswer,
): boolean {
  const category = /^error:(.*)/.exec(answer.stderr_category ?? '')?.[1]
  if ('error' in promised) return category === promised.error
  if ('defects' in promised) return promised.defects.has(category ?? 'ok')
  if (category !== undefined) return false
  if ('placed' in promised) {
    return answer.stdout.startsWith(`Generating <dir>/versions/${promised.placed}_`)
  }
  if ('lists' in promised) return isListing(graph, promised.lists, listed(graph, answer))
  if ('found' in promised) return isSameSet(promised.found, listed(graph, answer))
  if ('stamped' in promised) {
    const { stamped, before } = promised
    const rows = rowsOf(before, answer)
    return isSameSet(stamped.at(-1) ?? before, rows) && stamped.length === (answer.log ?? []).length
  }
  if ('labels' in promised) return false
  const ran = runsOf(vector, answer)
  const needed = (id: string) => withAncestors(graph, [id])
  const isLater = (id: string, other: string) =>
    vector.argv[0] === 'upgrade' ? needed(other).has(id) : needed(id).has(other)
  return (
    isSameSet(promised.runs, ran) &&
    isSameSet(promised.after, rowsOf(promised.before, answer)) &&
    ran.every((id, index) => ran.slice(0, index).every(other => !isLater(id, other)))
  )
}

/** The revisions of a listing, of one line or one block each. */
function listed({ ids }: PlainGraph, { stdout }: TextAnswer): string[] {
  const lines = stdout
    .split('\n')
    .map(line => line.match(/^(?:Rev: |.* -> )?([^\s,]+)(?=[\s,]|$)/)?.[1])
  return lines.filter(id => id !== undefined && ids.includes(id)) as string[]
}

function runsOf({ argv: [command] }: TextVector, { log = [] }: TextAnswer): string[] {
  const step = command === 'upgrade' ? /-> ([^,]*)/ : /downgrade (\S*) ->/
  return log.map(line => step.exec(line)?.[1] ?? '')
}

/** The rows at the end: those of the table, or where the SQL leads. */
function rowsOf(before: readonly string[], { rowsAfter, stdout }: TextAnswer): readonly string[] {
  if (rowsAfter !== undefined) return rowsAfter
  const rows = new Set(before)
  const change =
    /INSERT INTO .*VALUES \('(.*?)'\)|DELETE FROM .* = '(.*?)';|UPDATE .* SET version_num='(.*?)' WHERE .* = '(.*?)';/g
  for (const [, inserted, deleted, to, from] of stdout.matchAll(change)) {
    if (deleted !== undefined) rows.delete(deleted)
    if (from !== undefined) rows.delete(from)
    const added = inserted ?? to
    if (added !== undefined) rows.add(added)
  }
  return [...rows]
}
