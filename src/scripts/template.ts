import { LimbeckError } from '../errors.ts'
import { didYouMean } from '../text/nearest.ts'
import { positionAt } from '../text/position.ts'

/** The variables of a script template; its own first comment explains those of limbeck. */
export type TemplateValues = Readonly<Record<string, string>>

/** The text of a script template, and where it was read. */
export interface Template {
  readonly path: string
  readonly text: string
}

const variables = /\\\$\{|\$\{([^}\n]*)\}/g

/** As {@link variables}, or a variable that its line does not close. */
const openings = /\\\$\{|\$\{[^}\n]*(\})?/g

/**
 * Fills a template in. Its first block comment, which is for whoever edits it, is left out. Lines end
 * as they do in the template.
 */
export function renderTemplate(template: Template, values: TemplateValues): string {
  const { path, text } = template
  if (!text.includes('\r\n')) return renderLines(template, values)
  const rendered = renderLines({ path, text: text.replaceAll('\r\n', '\n') }, values)
  return rendered.replaceAll('\n', '\r\n')
}

function renderLines(template: Template, values: TemplateValues): string {
  assertClosed(template)
  assertKnown(template, values)
  const text = template.text.slice(startOf(template))
  const lines: string[] = []
  for (const line of text.split('\n')) {
    const filled = fillLine(line, values)
    if (filled === '' && line !== '') continue
    if (filled.startsWith('}') && lines.at(-1)?.endsWith('{')) lines.push(lines.pop() + filled)
    else lines.push(filled)
  }
  return lines.join('\n')
}

/** The end of the comment that is for whoever edits the template. */
function startOf({ text }: Template): number {
  return /^\s*\/\*(?!\*)[\s\S]*?\*\/[ \t]*\r?\n/.exec(text)?.[0].length ?? 0
}

/** A variable that a template names, and where. */
export interface TemplateVariable {
  readonly name: string
  readonly index: number
}

/** The variables that a template names, in the order of its text. */
export function variablesOf(template: Template): TemplateVariable[] {
  const start = startOf(template)
  return [...template.text.matchAll(variables)].flatMap(({ 1: name, index }) =>
    name === undefined || index < start ? [] : [{ name, index }],
  )
}

function fillLine(line: string, values: TemplateValues): string {
  return line.replace(variables, (whole, name?: string, at = 0) => {
    if (name === undefined) return whole.slice(1)
    const before = line.slice(0, at)
    const value = values[name]!
    return /^\s*\*/.test(before) ? inComment(value, before) : value
  })
}

/** Every line of a value goes on as the comment's line began, and none of them ends the comment. */
function inComment(value: string, before: string): string {
  const start = /^\s*\* ?/.exec(before)![0]
  const lines = value.replaceAll('*/', '*\\/').split('\n')
  return lines.join(`\n${start}`).replaceAll(/[ \t]+$/gm, '')
}

function assertClosed(template: Template): void {
  const { path, text } = template
  const start = startOf(template)
  const open = [...text.matchAll(openings)].find(
    ({ 0: found, 1: end, index }) => index >= start && !found.startsWith('\\') && end === undefined,
  )
  if (open === undefined) return
  const { line, column } = positionAt(text, open.index)
  throw new LimbeckError(
    'TEMPLATE_INVALID',
    `${path}:${line}:${column}: the variable has no closing brace in its line.`,
    {
      facts: { path, line, column },
      hint: 'Close it, or put a backslash before a dollar sign that begins no variable.',
    },
  )
}

function assertKnown(template: Template, values: TemplateValues): void {
  const { path, text } = template
  const unknown = variablesOf(template).find(({ name }) => !Object.hasOwn(values, name))
  if (unknown === undefined) return
  const { line, column } = positionAt(text, unknown.index)
  const known = Object.keys(values)
  const meant = didYouMean(unknown.name, known) ?? `There are ${known.join(', ')}.`
  throw new LimbeckError(
    'TEMPLATE_INVALID',
    `${path}:${line}:${column}: there is no variable '${unknown.name}'.`,
    {
      facts: { path, line, column, variable: unknown.name, known },
      hint: `${meant} env.ts adds its own with \`context.configure({ templateArgs })\`, for \`revision\` without --autogenerate and for \`merge\` where \`revisionEnvironment\` is true.`,
    },
  )
}
