import type { Policy } from '../schema/index.ts'
import { Declaration } from './declaration.ts'
import { type SqlText, sqlText } from './sql.ts'

export interface PolicyOptions
  extends Omit<Policy, 'kind' | 'table' | 'name' | 'using' | 'withCheck'> {
  readonly using?: SqlText | undefined
  readonly withCheck?: SqlText | undefined
}

/** Declares a row security policy; the table's `rowSecurity` switches policies on. */
export function policy(
  name: string,
  table: string,
  { schema, using, withCheck, ...rest }: PolicyOptions = {},
): Declaration<Policy> {
  return new Declaration({
    kind: 'policy',
    schema,
    table,
    name,
    ...rest,
    using: using === undefined ? undefined : sqlText(using),
    withCheck: withCheck === undefined ? undefined : sqlText(withCheck),
  })
}
