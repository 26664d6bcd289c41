import type { Statement } from '../../../operations/statement.ts'
import { changesInPlace } from '../../changes-in-place.ts'
import { compileWith, type Spelling } from '../../compile-with.ts'
import type { CompiledOperation, CompileOptions, CompileTable } from '../../dialect.ts'
import { literal, quote, quoteQualified } from '../quoting.ts'
import { columns } from './columns.ts'
import { constraints } from './constraints.ts'
import { indexes } from './indexes.ts'
import { others } from './others.ts'
import { privileges } from './privileges.ts'
import { routines } from './routines.ts'
import { rows } from './rows.ts'
import { tables } from './tables.ts'
import { triggers } from './triggers.ts'
import { views } from './views.ts'

/** How every operation becomes SQL for MySQL and MariaDB, or why it cannot. */
const compileTable: CompileTable = {
  ...rows,
  ...tables,
  ...columns,
  ...constraints,
  ...indexes,
  ...views,
  ...routines,
  ...triggers,
  ...privileges,
  ...others,

  alterTableTogether: (operation, options) =>
    changesInPlace('MySQL', operation).flatMap(change => compile(change, options)),
}

/** The statements of one operation, in order. */
export function compile(operation: CompiledOperation, options: CompileOptions = {}): Statement[] {
  return compileWith(compileTable, spelling, operation, options)
}

const spelling: Spelling = { name: 'mysql', quote, quoteQualified, literal }
