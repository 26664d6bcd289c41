import type { Policy } from '../schema/index.ts'
import { checked, placeOf, takes } from './checked.ts'
import { Declaration } from './declaration.ts'
import * as is from './shapes.ts'
import { type SqlText, sqlText } from './sql.ts'

export interface PolicyOptions
  extends Omit<Policy, 'kind' | 'table' | 'name' | 'using' | 'withCheck'> {
  readonly using?: SqlText | undefined
  readonly withCheck?: SqlText | undefined
}

/** What a policy is told. */
export const policyTakes = takes({ name: is.name, table: is.name }, {
  schema: is.name,
  command: is.oneOf('select', 'insert', 'update', 'delete'),
  roles: is.filledListOf(is.name, 'a list of roles'),
  restrictive: is.truth,
  using: is.sqlAfter('USING'),
  withCheck: is.sqlAfter('WITH CHECK'),
  comment: is.text,
} satisfies is.ShapesOf<PolicyOptions>)

/** Declares a row security policy; the table's `rowSecurity` switches policies on. */
export function policy(
  name: string,
  table: string,
  options: PolicyOptions = {},
): Declaration<Policy> {
  const place = placeOf('policy', name)
  const { schema, using, withCheck, ...rest } = checked(place, policyTakes, [name, table], options)
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
