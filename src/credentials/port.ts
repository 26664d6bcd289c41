/** A port of the network, given as a number or its digits; undefined where it is none. */
export function portIn(value: unknown): number | undefined {
  const isDigits = typeof value === 'string' && /^\d{1,5}$/.test(value.trim())
  const port = typeof value === 'number' || isDigits ? Number(value) : Number.NaN
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}
