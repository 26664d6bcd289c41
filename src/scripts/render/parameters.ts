/** Parameters with numbers as numbers, where they are spelled as JavaScript spells them. */
export function parameterValues(
  parameters: Readonly<Record<string, string | null>> | undefined,
): Record<string, string | number | null> | undefined {
  if (parameters === undefined) return undefined
  const entries = Object.entries(parameters).map(([key, value]) => [key, numberOr(value)])
  return Object.fromEntries(entries)
}

function numberOr(value: string | null): string | number | null {
  return value !== null && /^-?\d/.test(value) && String(Number(value)) === value
    ? Number(value)
    : value
}
