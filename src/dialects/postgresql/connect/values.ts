/**
 * How text that PostgreSQL sends becomes a value, by the OID of its type. Both drivers use this one
 * table, so that a query answers the same on a server and embedded. What is not listed stays text:
 * bigint, numeric, dates and times would lose digits or their zone as JavaScript values.
 */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = {
  16: isTrue,
  17: bytes,
  20: asText,
  21: Number,
  23: Number,
  26: Number,
  114: JSON.parse,
  700: Number,
  701: Number,
  1082: asText,
  1114: asText,
  1184: asText,
  3802: JSON.parse,
  ...arrays(isTrue, 1000),
  ...arrays(bytes, 1001),
  ...arrays(Number, 1005, 1007, 1021, 1022, 1028),
  ...arrays(JSON.parse, 199, 3807),
  // "char", name, text, bpchar, varchar, bigint, numeric; date, timestamps, times, interval;
  // uuid, inet, cidr, macaddr, bit, varbit, xml, money; int2vector, oidvector and the reg… types.
  ...arrays(asText, 1002, 1003, 1009, 1014, 1015, 1016, 1231),
  ...arrays(asText, 1182, 1115, 1185, 1183, 1270, 1187),
  ...arrays(asText, 2951, 1041, 651, 1040, 1561, 1563, 143, 791),
  ...arrays(asText, 1006, 1013, 1008, 2207, 2208, 2209, 2210, 2211, 4090, 4097),
}

/** How applications read what differs from that: dates and times without a zone are local, as `pg` has it. */
export const applicationParsers: Readonly<Record<number, (text: string) => unknown>> = {
  1082: toDate,
  1114: toDate,
  1184: toDate,
  ...arrays(toDate, 1182, 1115, 1185),
}

function toDate(text: string): unknown {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  const date = new Date(isDay ? `${text}T00:00:00` : text)
  return Number.isNaN(date.getTime()) ? text : date
}

/** The parser of a type's values in text format. */
export function valueParser(oid: number): (text: string) => unknown {
  return valueParsers[oid] ?? asText
}

function asText(text: string): string {
  return text
}

function isTrue(text: string): boolean {
  return text === 't'
}

function bytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex')
}

function arrays(parse: (text: string) => unknown, ...oids: readonly number[]) {
  return Object.fromEntries(oids.map(oid => [oid, (text: string) => parseArray(text, parse)]))
}

/** One piece of an array's text: a brace, a quoted element, or a bare one. */
const piece = /[{}]|"((?:[^"\\]|\\.)*)"|[^{},"]+/gs

/** Reads `{1,NULL,"a \"b\""}`, with nested braces for further dimensions. */
function parseArray(text: string, parse: (text: string) => unknown): unknown[] {
  const root: unknown[] = []
  const open = [root]
  // An array whose first index is not 1 begins with its bounds: `[0:1]={a,b}`.
  for (const [word, quoted] of text.slice(text.indexOf('{')).matchAll(piece)) {
    const current = open.at(-1)!
    if (word === '{') {
      const inner: unknown[] = []
      current.push(inner)
      open.push(inner)
    } else if (word === '}') open.pop()
    else if (quoted !== undefined) current.push(parse(quoted.replaceAll(/\\(.)/gs, '$1')))
    else current.push(word === 'NULL' ? null : parse(word))
  }
  return root[0] as unknown[]
}
