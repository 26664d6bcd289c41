import type { Design } from './design.ts'
import { tableA } from './table-sql.ts'
import { otherTables, tableB } from './tables-sql.ts'
import { types } from './types-sql.ts'
import { programs, views } from './views-sql.ts'

/** The statements that build a design in the schema that is the path's first. */
export function designSql(design: Design, major: number): string {
  return [
    ...types(design),
    ...tableA(design, major),
    ...tableB(design, major),
    ...otherTables(design),
    ...views(design),
    ...programs(design),
  ]
    .map(statement => `${statement};\n`)
    .join('')
}
