import type { Collation, Publication, Statistics } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { quote, quoteQualified, stringLiteral } from '../quoting.ts'
import { dropObject, ownComment } from './objects.ts'
import { given, keyExpression, withParameters, words } from './sql.ts'
import { unlessExists } from './unless-exists.ts'

/** Collations, extended statistics, publications, and what is kept as text. */
export const others = {
  createCollation: ({ object, ifNotExists }) => [
    words(
      'CREATE COLLATION',
      ifNotExists && 'IF NOT EXISTS',
      quoteQualified(object),
      collationOptions(object),
    ),
    ...ownComment(object),
  ],

  dropCollation: dropObject('collation'),

  createStatistics: ({ object, ifNotExists }) => [
    statistics(object, ifNotExists),
    ...(object.target === undefined
      ? []
      : [`ALTER STATISTICS ${quoteQualified(object)} SET STATISTICS ${object.target}`]),
    ...ownComment(object),
  ],

  dropStatistics: dropObject('statistics'),

  createPublication: ({ object, ifNotExists }) => [
    unlessExists(publication(object), ifNotExists),
    ...ownComment(object),
  ],

  dropPublication: dropObject('publication'),

  createVerbatim: ({ object }) => [...object.statements, ...ownComment(object)],

  dropVerbatim: dropObject('verbatim'),
} satisfies Partial<CompileTable>

/** Provider and determinism are words, everything else is a string. */
function collationOptions({ options }: Collation): string {
  const entries = Object.entries(options).map(([name, value]) => {
    const isWord = ['provider', 'deterministic'].includes(name)
    return `${name} = ${isWord ? value : stringLiteral(value)}`
  })
  return `(${entries.join(', ')})`
}

function statistics(object: Statistics, ifNotExists: boolean | undefined): string {
  return words(
    'CREATE STATISTICS',
    ifNotExists && 'IF NOT EXISTS',
    quoteQualified(object),
    object.kinds.length > 0 && `(${object.kinds.join(', ')})`,
    `ON ${object.expressions.map(statisticsKey).join(', ')}`,
    `FROM ${quoteQualified(object.table)}`,
  )
}

/** A column stands as it is, anything else as the key of an index does. */
function statisticsKey(text: string): string {
  return /^("([^"]|"")+"|[a-z_][a-z0-9_]*)$/i.test(text) ? text : keyExpression(text)
}

function publication(object: Publication): string {
  return words(
    `CREATE PUBLICATION ${quote(object.name)}`,
    given(object.objects, objects => `FOR ${objects}`),
    withParameters(object.options),
  )
}
