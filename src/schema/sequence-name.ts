/**
 * The name PostgreSQL gives the sequence behind a column when none is asked for. Where that name is
 * taken the server counts on, so this holds only for a sequence that has the plain name.
 */
export function sequenceNameOf(table: string, column: string): string {
  return nameOfParts(table, column, 'seq')
}

/**
 * A name as PostgreSQL makes it of others (`makeObjectName` in the server): both parts are cut, the
 * longer one first, until the whole fits 63 bytes.
 */
export function nameOfParts(table: string, addition: string | undefined, label: string): string {
  let [first, second] = [Buffer.from(table), Buffer.from(addition ?? '')]
  const available = 63 - Buffer.byteLength(label) - (addition === undefined ? 1 : 2)
  while (first.length + second.length > available) {
    if (first.length > second.length) first = first.subarray(0, -1)
    else second = second.subarray(0, -1)
  }
  const parts = addition === undefined ? [first] : [first, second]
  return [...parts.map(wholeCharacters), label].join('_')
}

/** Text without the torn character a cut may have left at the end. */
function wholeCharacters(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true })
}
