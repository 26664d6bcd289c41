import type { Operation } from '../../../operations/operation.ts'
import type { Routine } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { given, incomplete, keyWord, lines, words } from '../../sql-words.ts'
import { refuse } from '../capabilities.ts'
import { commentLiteral, quoteQualified } from '../quoting.ts'

export const routines = {
  createRoutine: operation => [
    routine(operation.ifNotExists && 'IF NOT EXISTS', operation.object, operation),
  ],

  /** MariaDB alone has CREATE OR REPLACE for them. */
  replaceRoutine: operation => [
    `DROP ${keyWord(operation.object.type)} IF EXISTS ${quoteQualified(operation.object)}`,
    routine(false, operation.object, operation),
  ],

  dropRoutine: operation => {
    const { object, ifExists } = operation
    refuse(operation, operation, { cascade: 'CASCADE' })
    const word = (object.type ?? 'function').toUpperCase()
    return [words(`DROP ${word}`, ifExists && 'IF EXISTS', quoteQualified(object))]
  },
} satisfies Partial<CompileTable>

/** A routine whose body is a statement of its own: `RETURN a + b`, `BEGIN … END`. */
function routine(
  ifNotExists: string | false | undefined,
  object: Routine,
  operation: Operation,
): string {
  refuse(operation, object, {
    window: 'window functions written in SQL',
    strict: 'functions that answer NULL by themselves',
    leakproof: 'LEAKPROOF',
    parallel: 'PARALLEL',
    cost: 'costs of a function',
    rows: 'costs of a function',
    support: 'support functions',
    library: 'functions of a library here',
    transformTypes: 'TRANSFORM',
    settings: 'settings of a function',
  })
  const head = words(
    `CREATE ${keyWord(object.type)}`,
    ifNotExists,
    `${quoteQualified(object)}(${object.arguments})`,
  )
  return lines(
    head,
    given(object.returns, type => `RETURNS ${type}`),
    object.language.toLowerCase() !== 'sql' && `LANGUAGE ${keyWord(object.language)}`,
    object.volatility === 'immutable' && 'DETERMINISTIC',
    object.volatility === 'stable' && 'READS SQL DATA',
    `SQL SECURITY ${object.securityDefiner ? 'DEFINER' : 'INVOKER'}`,
    given(object.comment, text => `COMMENT ${commentLiteral(text)}`),
  ).concat('\n', bodyOf(object))
}

function bodyOf({ name, body, sqlBody }: Routine): string {
  const text = sqlBody ?? body
  if (text !== undefined) return text.trim().replace(/(\s*;)+$/, '')
  throw incomplete(`The routine ${name} has no body.`, 'Give `body`.', { routine: name })
}
