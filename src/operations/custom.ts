import type { DialectName } from '../config/dialect-name.ts'
import { invalid, whatIs } from '../declarations/declaration.ts'
import type { SqlText } from '../declarations/sql.ts'
import type { QualifiedName } from '../schema/index.ts'
import type { Loss } from './loss.ts'
import type { Custom, Operation } from './operation.ts'

/** SQL of an operation of the project's own, with the values of `$1`, `$2`, … where it has some. */
export type CustomSql = SqlText | { readonly sql: string; readonly parameters?: readonly unknown[] }

/** Where the SQL of an operation of the project's own will run, and how that database spells things. */
export interface CompileContext {
  readonly dialect: DialectName
  /** As a number (150018); absent with `--sql`, then the newest supported is assumed. */
  readonly serverVersion?: number | undefined
  /** Spells a name, in quotes where it needs them. */
  quote(name: string | QualifiedName): string
  /** Spells a value as a literal. */
  literal(value: unknown): string
}

/** The call that records an operation, as a script writes it. */
export interface RenderedCall {
  readonly code: string
  /** The names that the code needs, by the module that has them. */
  readonly imports?: Readonly<Record<string, readonly string[]>> | undefined
}

/** Data that an operation gives up: what it is, and in a few words how it goes. */
export interface CustomLoss {
  readonly what: string
  readonly detail: string
}

/** All that limbeck asks of an operation of the project's own. */
export interface OperationDefinition<A> {
  /** What it is called in messages; also the name that its module exports it by. */
  readonly name: string
  /** The databases it is for; absent: all. */
  readonly dialects?: readonly DialectName[] | undefined
  /** The statements that do it, in order. */
  compile(args: A, context: CompileContext): CustomSql | readonly CustomSql[]
  /** The operations that undo it; without this it cannot be reversed. */
  reverse?(args: A): Operation | readonly Operation[]
  /** A line for people, `+`, `-` or `~` first. */
  describe?(args: A): string
  /** What it destroys, `[]` for nothing; without this nobody knows. */
  loses?(args: A): readonly CustomLoss[]
  /** The module that scripts import it from, as they write it: `../operations.ts`. */
  readonly module?: string | undefined
  /** How a script says it, where its arguments are more than plain data. */
  render?(args: A): RenderedCall
}

/**
 * Makes an operation of the project's own. What comes back is given its arguments and gives an
 * operation as `op.invoke` takes it.
 */
export function defineOperation<A = void>(
  definition: OperationDefinition<A>,
): (args: A) => Operation {
  const place = `defineOperation ${JSON.stringify(definition?.name)}`
  if (typeof definition?.name !== 'string' || definition.name === '')
    throw invalid('defineOperation', `its name is ${whatIs(definition?.name)}.`)
  if (typeof definition.compile !== 'function')
    throw invalid(place, 'it has no function `compile`, which gives its SQL.')
  return args => ({ kind: 'custom', name: definition.name, args, definition }) satisfies Custom
}

/** The one line for people of an operation of the project's own. */
export function describeCustom({ name, args, definition }: Custom): string {
  const line = definition.describe?.(args as never) ?? name
  return /^[+~-] /.test(line) ? line : `~ ${line}`
}

/** What undoes an operation of the project's own; undefined where it does not say. */
export function reverseCustom({ args, definition }: Custom): Operation[] | undefined {
  const undone = definition.reverse?.(args as never)
  if (undone === undefined) return undefined
  return Array.isArray(undone) ? undone : [undone as Operation]
}

/** What an operation of the project's own says that it destroys. */
export function customLosses({ args, definition }: Custom): Loss[] {
  const losses = definition.loses?.(args as never) ?? []
  return losses.map(({ what, detail }) => ({ kind: 'custom', what, detail }))
}
