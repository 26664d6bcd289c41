const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A length of time as users write it (`500ms`, `60s`, `2m`, `1h`, `0`), in milliseconds; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  if (text.trim() === '0') return 0
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)\s*$/.exec(text) ?? []
  return number === undefined ? undefined : Number(number) * units[unit]!
}

/** What is wrong with such a text; undefined where nothing is. */
export function durationComplaint(text: string): string | undefined {
  if (parseDuration(text) !== undefined) return undefined
  return `'${text}' is no length of time: write 500ms, 60s, 2m, 1h or 0.`
}
