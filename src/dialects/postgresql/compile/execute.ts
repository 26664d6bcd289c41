import type { CompileTable } from '../../dialect.ts'
import { executedSql } from '../../executed-sql.ts'
import { runsAlone } from './runs-alone.ts'

export const execution = {
  execute: ({ sql, parameters }) => {
    const text = executedSql(sql)
    return [
      {
        sql: text,
        ...(parameters === undefined ? {} : { parameters }),
        transactional: !runsAlone(text),
      },
    ]
  },
} satisfies Partial<CompileTable>
