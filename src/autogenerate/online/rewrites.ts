import { isUnboundedText, narrows } from '../../operations/narrowing.ts'
import { parseTypeName, serialBase, type TypeName } from '../../operations/type-names.ts'

/** Whether PostgreSQL writes every row anew to give a column another type, as far as the names tell. */
export function rewritesTable(from: string, to: string): boolean {
  const [a, b] = [plain(from), plain(to)]
  if (from === to || (a.base === b.base && String(a.arguments) === String(b.arguments)))
    return Boolean(a.array) !== Boolean(b.array)
  if (a.array || b.array) return true
  if (isUnboundedText(b)) return !['text', 'varchar'].includes(a.base)
  if (a.base === 'cidr' && b.base === 'inet') return false
  return a.base !== b.base || !keepsItsForm.has(a.base) || narrows(from, to) || !isSameScale(a, b)
}

/** Types whose limit is only looked at, so that a wider one changes no value. */
const keepsItsForm = new Set([
  'varchar',
  'varbit',
  'numeric',
  'timestamp',
  'timestamptz',
  'time',
  'timetz',
  'interval',
])

/** A numeric with other decimal places is another value. */
function isSameScale(a: TypeName, b: TypeName): boolean {
  if (a.base !== 'numeric' || b.arguments.length === 0) return true
  return (a.arguments[1] ?? 0) === (b.arguments[1] ?? 0)
}

function plain(type: string): TypeName {
  const name = parseTypeName(type)
  return { ...name, base: serialBase(name.base) ?? name.base }
}
