import { parseTypeName, serialBase, type TypeName } from './type-names.ts'

/**
 * Whether values of one type may not come back from another: as far as the names of the types tell.
 * A pair that is not known is taken to lose something.
 */
export function narrows(from: string, to: string): boolean {
  const [a, b] = [plain(from), plain(to)]
  if (from === to || isSame(a, b)) return false
  if ((a.array === '') !== (b.array === '')) return b.array !== '' || !isUnboundedText(b)
  return !rules.some(rule => rule(a, b))
}

/**
 * What of a value may keep it out of another type, so that a statement stops at it: that it is too long,
 * out of range, or no text of that type at all. Undefined where each value becomes one, if another.
 */
export function refusedBy(from: string, to: string): 'length' | 'range' | 'form' | undefined {
  const [a, b] = [plain(from), plain(to)]
  if (!narrows(from, to)) return undefined
  if (Boolean(a.array) !== Boolean(b.array)) return isText(a) || !b.array ? 'form' : undefined
  if (isText(b)) return fits(a, b) ? undefined : 'length'
  if (isBits(a) && isBits(b)) return 'length'
  if (isNumber(a) && isNumber(b)) return isFloat(a) && isFloat(b) ? undefined : 'range'
  const isKnown = related.some(family => family.includes(a.base) && family.includes(b.base))
  return isKnown || (isUsers(a) && !isUsers(b)) ? undefined : 'form'
}

/** How long the texts of a type may be, where that is not long. */
const longest: Readonly<Record<string, number>> = {
  boolean: 5,
  smallint: 6,
  integer: 11,
  bigint: 20,
  uuid: 36,
}

function fits(
  from: TypeName,
  { base, arguments: [length = base === 'char' ? 1 : Infinity] }: TypeName,
) {
  const own = isText(from)
    ? (from.arguments[0] ?? (from.base === 'char' ? 1 : undefined))
    : undefined
  return (own ?? longest[from.base] ?? Infinity) <= length
}

/** A domain's values are those of the type below it, which its name does not tell. */
const isUsers = ({ base }: TypeName) => base.includes('.')

const isText = ({ base }: TypeName) => ['text', 'varchar', 'char', 'bpchar', 'name'].includes(base)
const isBits = ({ base }: TypeName) => base === 'bit' || base === 'varbit'
const isFloat = ({ base }: TypeName) => base === 'real' || base === 'double precision'
const isNumber = ({ base }: TypeName) =>
  ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'].includes(base)

/** Types that always become each other, though parts of a value may be lost. */
const related = [
  ['date', 'timestamp', 'timestamptz'],
  ['time', 'timetz', 'interval'],
  ['timestamp', 'timestamptz', 'time'],
  ['json', 'jsonb'],
  ['inet', 'cidr'],
  ['boolean', 'smallint', 'integer', 'bigint'],
  ['money', 'numeric'],
  ['bit', 'integer', 'bigint'],
]

function plain(type: string): TypeName {
  const name = parseTypeName(type)
  return { ...name, base: serialBase(name.base) ?? name.base }
}

function isSame(a: TypeName, b: TypeName): boolean {
  return a.base === b.base && a.arguments.join() === b.arguments.join() && !a.array === !b.array
}

/** Each says that every value of the first type fits the second and comes back as it was. */
const rules: readonly ((from: TypeName, to: TypeName) => boolean)[] = [
  (from, to) => isUnboundedText(to) && !['char', 'money'].includes(from.base),
  widensText,
  widensInteger,
  widensNumeric,
  widensFloat,
  widensFraction,
  widensBits,
]

/** `text`, or a varchar without a limit. */
export function isUnboundedText({ base, arguments: [length] }: TypeName): boolean {
  return base === 'text' || (base === 'varchar' && length === undefined)
}

/** varchar(20) into varchar(30), char(2) into char(3) or varchar(3). */
function widensText(from: TypeName, to: TypeName): boolean {
  const isPadded = from.base === 'char'
  if (!isPadded && from.base !== 'varchar') return false
  if (isUnboundedText(to)) return true
  const [length = isPadded ? 1 : Infinity] = from.arguments
  const [wanted = 1] = to.arguments
  return (to.base === 'varchar' || (isPadded && to.base === 'char')) && wanted >= length
}

/** Decimal digits that every value of an integer type fits in. */
const digits: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 }

function widensInteger(from: TypeName, to: TypeName): boolean {
  const needed = digits[from.base]
  if (needed === undefined) return false
  if (to.base === 'numeric') return wholeDigits(to) >= needed && scale(to) >= 0
  return (digits[to.base] ?? 0) >= needed
}

const isUnlimited = ({ arguments: [precision] }: TypeName) => precision === undefined
const scale = ({ arguments: [, places = 0] }: TypeName) => places
const wholeDigits = (type: TypeName) =>
  isUnlimited(type) ? Infinity : type.arguments[0]! - scale(type)

function widensNumeric(from: TypeName, to: TypeName): boolean {
  if (from.base !== 'numeric') return false
  if (to.base === 'numeric' && isUnlimited(to)) return true
  if (isUnlimited(from)) return false
  if (to.base === 'numeric') return wholeDigits(to) >= wholeDigits(from) && scale(to) >= scale(from)
  return scale(from) <= 0 && wholeDigits(from) < (digits[to.base] ?? 0)
}

/** Mantissas hold 6 and 15 decimal digits. */
function widensFloat(from: TypeName, to: TypeName): boolean {
  if (to.base === 'double precision') return ['real', 'smallint', 'integer'].includes(from.base)
  return to.base === 'real' && from.base === 'smallint'
}

/** Types with a fraction of seconds, which has six digits when nothing is said. */
function widensFraction(from: TypeName, to: TypeName): boolean {
  const isDate = from.base === 'date' && to.base === 'timestamp'
  const fractions = ['timestamp', 'timestamptz', 'time', 'timetz', 'interval']
  const isSameKind = from.base === to.base && fractions.includes(from.base)
  const [before = 6] = from.arguments
  const [after = 6] = to.arguments
  return isDate || (isSameKind && after >= before)
}

function widensBits(from: TypeName, to: TypeName): boolean {
  if (to.base !== 'varbit' || !['bit', 'varbit'].includes(from.base)) return false
  const [before = from.base === 'bit' ? 1 : Infinity] = from.arguments
  const [after = Infinity] = to.arguments
  return after >= before
}
