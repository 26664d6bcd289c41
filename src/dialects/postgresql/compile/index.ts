import type { Statement } from '../../../operations/statement.ts'
import { changesInPlace } from '../../changes-in-place.ts'
import { compileWith, type Spelling } from '../../compile-with.ts'
import type { CompiledOperation, CompileOptions, CompileTable } from '../../dialect.ts'
import { literal, quote, quoteQualified } from '../quoting.ts'
import { alterObject } from './alter-object.ts'
import { columns } from './columns.ts'
import { comments } from './comments.ts'
import { constraints } from './constraints.ts'
import { domains } from './domains.ts'
import { enums } from './enums.ts'
import { execution } from './execute.ts'
import { indexes } from './indexes.ts'
import { rightsAfter, rightsBefore } from './kept-rights.ts'
import { namespaces } from './namespaces.ts'
import { others } from './others.ts'
import { policies } from './policies.ts'
import { privileges } from './privileges.ts'
import { renames } from './renames.ts'
import { routines } from './routines.ts'
import { rows } from './rows.ts'
import { sequences } from './sequences.ts'
import { tables } from './tables.ts'
import { triggers } from './triggers.ts'
import { userTypes } from './user-types.ts'
import { views } from './views.ts'

/** How every operation becomes PostgreSQL's SQL. */
const compileTable: CompileTable = {
  ...namespaces,
  ...enums,
  ...domains,
  ...userTypes,
  ...sequences,
  ...rows,
  ...tables,
  ...columns,
  ...constraints,
  ...indexes,
  ...views,
  ...routines,
  ...triggers,
  ...policies,
  ...privileges,
  ...others,
  ...renames,
  ...alterObject,
  ...comments,
  ...execution,

  alterTableTogether: (operation, options) =>
    changesInPlace('PostgreSQL', operation).flatMap(change => compile(change, options)),
}

/** The statements of one operation, in order. */
export function compile(operation: CompiledOperation, options: CompileOptions = {}): Statement[] {
  const around = (sql: string): Statement => ({ sql, transactional: true, operation })
  return [
    ...rightsBefore(operation).map(around),
    ...compileWith(compileTable, spelling, operation, options),
    ...rightsAfter(operation).map(around),
  ]
}

const spelling: Spelling = { name: 'postgresql', quote, quoteQualified, literal }
