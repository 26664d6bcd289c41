import type { Operation } from '../../operations/operation.ts'
import { RenderContext, type RenderOptions } from './context.ts'
import type { Imports } from './imports.ts'
import { type Code, layOut } from './layout.ts'
import { text } from './literals.ts'
import { addColumnsCode, operationCode } from './operations.ts'

export type { RenderOptions } from './context.ts'

/** Code of one function of a script. */
export interface RenderedOperations {
  /** Calls of `op`, indented by two spaces; empty without operations. */
  readonly body: string
  /** The names that the body needs. */
  readonly imports: Imports
}

/** Operations as the calls that record them: what autogenerate writes into a script. */
export function renderOperations(
  operations: readonly Operation[],
  options: RenderOptions,
): RenderedOperations {
  const context = new RenderContext(options)
  const body = ofOneManner(operations)
    .map(part => partText(part, context))
    .join('\n')
  return { body, imports: context.imports }
}

/** What a generated script says, piece by piece, for its template. */
export interface RenderedScript {
  /** The import of everything below: `import { sql, table, type Op } from 'limbeck'`. */
  readonly imports: string
  readonly upgrade: string
  readonly downgrade: string
}

/** Both functions of a script. The downgrade undoes the upgrade, so that its drops need no `existing`. */
export function renderScript(
  upgrade: readonly Operation[],
  downgrade: readonly Operation[],
  options: RenderOptions,
): RenderedScript {
  const up = renderOperations(upgrade, options)
  const down = renderOperations(downgrade, { ...options, omitExisting: true })
  const imports = up.imports.with(down.imports).statements()
  return { imports, upgrade: up.body, downgrade: down.body }
}

/** Operations in their order; those that stand in the same blocks stay together. */
function ofOneManner(operations: readonly Operation[]): Operation[][] {
  const parts: Operation[][] = []
  for (const operation of operations) {
    const part = parts.at(-1)
    if (part !== undefined && mannerOf(part[0]!) === mannerOf(operation)) part.push(operation)
    else parts.push([operation])
  }
  return parts
}

const mannerOf = ({ autocommit, timeouts }: Operation): string =>
  JSON.stringify([autocommit, timeouts])

function partText(part: readonly Operation[], context: RenderContext): string {
  const blocks = blocksAround(part[0]!)
  const indent = 2 + 2 * blocks.length
  const lines = grouped(part)
    .map(group => `${' '.repeat(indent)}${layOut(groupCode(group, context), indent)}`)
    .join('\n')
  return blocks.reduceRight((inside, { opening, closing }, depth) => {
    const margin = ' '.repeat(2 + 2 * depth)
    return `${margin}${opening}\n${inside}\n${margin}${closing}`
  }, lines)
}

interface Block {
  readonly opening: string
  readonly closing: string
}

/** The calls that an operation stands in, the outer one first. */
function blocksAround({ autocommit, timeouts = {} }: Operation): Block[] {
  const times = Object.entries(timeouts).flatMap(([name, time]) =>
    time === undefined ? [] : [`${name}: ${text(time)}`],
  )
  const repeatable = autocommit === 'repeatable' ? ', { repeatable: true }' : ''
  return [
    ...(autocommit ? [{ opening: 'op.autocommit(() => {', closing: `}${repeatable})` }] : []),
    ...(times.length > 0
      ? [{ opening: `op.withTimeouts({ ${times.join(', ')} }, () => {`, closing: '})' }]
      : []),
  ]
}

function grouped(operations: readonly Operation[]): Operation[][] {
  const groups: Operation[][] = []
  for (const operation of operations) {
    const group = groups.at(-1)
    if (group !== undefined && belongs(operation, group[0]!)) group.push(operation)
    else groups.push([operation])
  }
  return groups
}

/** Columns that are added to one table one after the other are one call. */
function belongs(operation: Operation, first: Operation): boolean {
  return (
    operation.kind === 'addColumn' &&
    first.kind === 'addColumn' &&
    operation.table === first.table &&
    operation.schema === first.schema &&
    operation.ifNotExists === first.ifNotExists
  )
}

function groupCode(group: readonly Operation[], context: RenderContext): Code {
  const columns = group.filter(operation => operation.kind === 'addColumn')
  return columns.length > 0 ? addColumnsCode(columns, context) : operationCode(group[0]!, context)
}
