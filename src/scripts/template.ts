import { LimbeckError } from '../errors.ts'
import { didYouMean } from '../text/nearest.ts'
import { positionAt } from '../text/position.ts'

/** The variables of a script template; its own first comment explains each. */
export interface TemplateValues {
  readonly message: string
  readonly revision: string
  readonly revises: string
  readonly createDate: string
  readonly downgradeLabel: string
  readonly imports: string
  readonly downRevision: string
  readonly branchLabels: string
  readonly dependsOn: string
  readonly upgrades: string
  readonly downgrades: string
}

/** The text of a script template, and where it was read. */
export interface Template {
  readonly path: string
  readonly text: string
}

const variables = /\\\$\{|\$\{([^}\n]*)\}/g

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
  const start = /^\s*\/\*(?!\*)[\s\S]*?\*\/[ \t]*\n/.exec(template.text)?.[0].length ?? 0
  assertKnown(template, start, values)
  const text = template.text.slice(start)
  const lines: string[] = []
  for (const line of text.split('\n')) {
    const filled = fillLine(line, values)
    if (filled === '' && line !== '') continue
    if (filled.startsWith('}') && lines.at(-1)?.endsWith('{')) lines.push(lines.pop() + filled)
    else lines.push(filled)
  }
  return lines.join('\n')
}

function fillLine(line: string, values: TemplateValues): string {
  return line.replace(variables, (whole, name?: keyof TemplateValues, at = 0) => {
    if (name === undefined) return whole.slice(1)
    const before = line.slice(0, at)
    return /^\s*\*/.test(before) ? inComment(values[name], before) : values[name]
  })
}

/** Every line of a value goes on as the comment's line began, and none of them ends the comment. */
function inComment(value: string, before: string): string {
  const start = /^\s*\* ?/.exec(before)![0]
  const lines = value.replaceAll('*/', '*\\/').split('\n')
  return lines.join(`\n${start}`).replaceAll(/[ \t]+$/gm, '')
}

function assertKnown(template: Template, start: number, values: TemplateValues): void {
  const { path, text } = template
  for (const { 1: name, index } of text.matchAll(variables)) {
    if (name === undefined || index < start || Object.hasOwn(values, name)) continue
    const { line, column } = positionAt(text, index)
    const known = Object.keys(values)
    throw new LimbeckError(
      'TEMPLATE_INVALID',
      `${path}:${line}:${column}: there is no variable '${name}'.`,
      {
        facts: { path, line, column, variable: name, known },
        hint: didYouMean(name, known) ?? `There are ${known.join(', ')}.`,
      },
    )
  }
}
