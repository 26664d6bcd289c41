import { identityOf } from '../../../operations/identity.ts'
import type { Aggregate, Routine } from '../../../schema/index.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { requireFeature } from '../capabilities.ts'
import { quote, quoteQualified, stringLiteral } from '../quoting.ts'
import { objectName } from './object-names.ts'
import { dropObject, ownComment } from './objects.ts'
import { block, comment, given, keyWord, lines, words } from './sql.ts'
import { dollarTag, unlessExists } from './unless-exists.ts'

export const routines = {
  createRoutine: ({ object, ifNotExists, uncheckedBody }, options) => [
    ...checked(unlessExists(routine('CREATE', object, options), ifNotExists), uncheckedBody),
    ...ownComment(object),
  ],

  replaceRoutine: ({ object, existing, uncheckedBody }, options) => [
    ...checked(routine('CREATE OR REPLACE', object, options), uncheckedBody),
    ...(existing?.comment !== undefined && object.comment === undefined
      ? [comment(objectName('routine', identityOf(object)), null)]
      : []),
    ...ownComment(object),
  ],

  dropRoutine: dropObject('routine'),

  createAggregate: ({ object, ifNotExists }) => [
    unlessExists(aggregate(object), ifNotExists),
    ...ownComment(object),
  ],

  dropAggregate: dropObject('aggregate'),
} satisfies Partial<CompileTable>

/** The server checks a body when it is created, unless it is told not to. */
function checked(sql: string, isUnchecked: boolean | undefined): string[] {
  if (!isUnchecked) return [sql]
  return ['SET LOCAL check_function_bodies = off', sql, 'SET LOCAL check_function_bodies = on']
}

function routine(verb: string, object: Routine, options: CompileOptions): string {
  return lines(
    `${verb} ${keyWord(object.type)} ${quoteQualified(object)}(${object.arguments})`,
    given(object.returns, type => `RETURNS ${type}`),
    `LANGUAGE ${quote(object.language)}`,
    given(object.transformTypes, types => `TRANSFORM ${types.map(forType).join(', ')}`),
    attributes(object),
    ...Object.entries(object.settings ?? {}).map(([name, value]) => `SET ${name} TO ${value}`),
  ).concat('\n', body(object, options))
}

const forType = (type: string): string => `FOR TYPE ${type}`

/** What the planner and the executor are told, on one line. */
function attributes(object: Routine): string {
  return words(
    object.window && 'WINDOW',
    object.volatility && keyWord(object.volatility),
    object.leakproof && 'LEAKPROOF',
    object.strict && 'STRICT',
    object.securityDefiner && 'SECURITY DEFINER',
    given(object.parallel, safety => `PARALLEL ${keyWord(safety)}`),
    given(object.cost, cost => `COST ${cost}`),
    given(object.rows, rows => `ROWS ${rows}`),
    given(object.support, support => `SUPPORT ${support}`),
  )
}

function body(object: Routine, options: CompileOptions): string {
  if (object.sqlBody !== undefined) {
    requireFeature('sqlBodies', options)
    return object.sqlBody
  }
  if (object.library) {
    const { file, symbol } = object.library
    return `AS ${stringLiteral(file)}, ${stringLiteral(symbol)}`
  }
  const source = object.body ?? ''
  const tag = dollarTag(source)
  return `AS ${tag}${source}${tag}`
}

/** Flags of an aggregate (`HYPOTHETICAL`, `FINALFUNC_EXTRA`) have no value. */
function aggregate(object: Aggregate): string {
  const options = Object.entries(object.options).map(([name, value]) =>
    value === '' ? name : `${name} = ${value}`,
  )
  return `CREATE AGGREGATE ${quoteQualified(object)}(${object.arguments}) ${block(options)}`
}
