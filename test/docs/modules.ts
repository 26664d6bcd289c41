import * as limbeck from '../../src/index.ts'

const values = Object.keys(limbeck)

/**
 * A block as a module: one that imports nothing is given the names of limbeck that it uses, and `op`
 * or `context` as the surroundings would.
 */
export function wholeModule(text: string): string {
  if (/^import /m.test(text)) return text
  const used = values.filter(name => new RegExp(`(?<![.\\w])${name}\\(|\\b${name}\``).test(text))
  return [
    `import { ${[...used, 'type Op'].join(', ')} } from 'limbeck'`,
    ...(/^op\./m.test(text) ? ['declare const op: Op'] : []),
    text,
    'export {}',
  ].join('\n')
}

/** A block of directives as a module whose default export records them. */
export function directivesModule(text: string): string {
  const names = [...values, 'type Op'].join(', ')
  return `import { ${names} } from 'limbeck'\nexport default (op: Op) => {\n${text}}\n`
}
