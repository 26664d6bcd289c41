import type { Policy } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { quote } from '../quoting.ts'
import { dropObject, ownComment } from './objects.ts'
import { role } from './roles.ts'
import { given, keyWord, lines, parenthesized } from './sql.ts'
import { tableName } from './table-names.ts'
import { unlessExists } from './unless-exists.ts'

export const policies = {
  createPolicy: ({ object, ifNotExists }) => [
    unlessExists(createPolicy(object), ifNotExists),
    ...ownComment(object),
  ],

  dropPolicy: dropObject('policy'),
} satisfies Partial<CompileTable>

function createPolicy(policy: Policy): string {
  return lines(
    `CREATE POLICY ${quote(policy.name)} ON ${tableName(policy)}`,
    policy.restrictive && 'AS RESTRICTIVE',
    given(policy.command, command => `FOR ${keyWord(command)}`),
    policy.roles?.length && `TO ${policy.roles.map(role).join(', ')}`,
    given(policy.using, using => `USING ${parenthesized(using)}`),
    given(policy.withCheck, check => `WITH CHECK ${parenthesized(check)}`),
  )
}
