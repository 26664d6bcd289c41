/** The longest identifier PostgreSQL keeps, in bytes. */
const longest = 63

/**
 * The name PostgreSQL gives an object it names by itself: `users_id_seq`, `users_email_not_null`.
 * Of the two parts the longer one is cut, byte by byte, until the whole fits (`makeObjectName` in the
 * server). Where that name is taken the server counts on: such a name is not the default one.
 */
export function makeObjectName(table: string, column: string, label: string): string {
  const whole = `${table}_${column}_${label}`
  // No character takes more than three bytes of UTF-8 for each of its units of UTF-16.
  if (whole.length * 3 <= longest || Buffer.byteLength(whole) <= longest) return whole
  const available = longest - Buffer.byteLength(label) - 2
  let first = Buffer.byteLength(table)
  let second = Buffer.byteLength(column)
  while (first + second > available) {
    if (first > second) first--
    else second--
  }
  return `${clip(table, first)}_${clip(column, second)}_${label}`
}

/** The name of the multirange type that comes with a range type (`makeMultirangeTypeName`). */
export function makeMultirangeName(range: string): string {
  return range.includes('range')
    ? clip(range.replace('range', 'multirange'), longest)
    : `${clip(range, longest - '_multirange'.length)}_multirange`
}

/** The beginning of a text that takes at most so many bytes and ends with a whole character. */
function clip(text: string, bytes: number): string {
  const cut = Buffer.from(text).subarray(0, bytes)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(cut, { stream: true })
}
