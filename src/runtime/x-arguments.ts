/** The `-x key=value` arguments as an object; one without `=` has an empty value. */
export function xDictionary(xArguments: readonly string[]): Readonly<Record<string, string>> {
  const pairs = xArguments.map(argument => {
    const [key = '', ...rest] = argument.split('=')
    return [key, rest.join('=')] as const
  })
  return Object.fromEntries(pairs)
}
