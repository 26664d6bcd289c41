/**
 * The name PostgreSQL gives the sequence behind a column when none is asked for: both parts are cut,
 * the longer one first, until the whole fits 63 bytes (`makeObjectName` in the server). Where that
 * name is taken the server counts on, so this holds only for a sequence that has the plain name.
 */
export function sequenceNameOf(table: string, column: string): string {
  let [first, second] = [Buffer.from(table), Buffer.from(column)]
  const available = 63 - '__seq'.length
  while (first.length + second.length > available) {
    if (first.length > second.length) first = first.subarray(0, -1)
    else second = second.subarray(0, -1)
  }
  return `${wholeCharacters(first)}_${wholeCharacters(second)}_seq`
}

/** Text without the torn character a cut may have left at the end. */
function wholeCharacters(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true })
}
