import { stringLiteral } from '../quoting.ts'

/** Options of a table: `engine` → `ENGINE=InnoDB`, `default_charset` → `DEFAULT CHARSET=utf8mb4`. */
export function tableOptions(options: Readonly<Record<string, string>>): string[] {
  return Object.entries(options).map(([name, value]) => `${optionName(name)}=${optionValue(value)}`)
}

const twoWords = /^(data|index|default|character)_(.*)$/

function optionName(name: string): string {
  const own = name.replace(/[A-Z]/g, letter => `_${letter}`).toLowerCase()
  return own.replace(twoWords, '$1 $2').toUpperCase()
}

/** A word, a number or a list in parentheses stands as it is. */
function optionValue(value: string): string {
  return /^(\w+|\([\w, `]*\))$/.test(value) ? value : stringLiteral(value)
}
