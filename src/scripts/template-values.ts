import { LimbeckError } from '../errors.ts'
import { formatCreateDate } from './create-date.ts'
import type { ScriptParts } from './script-parts.ts'
import { type Template, type TemplateValues, variablesOf } from './template.ts'

/** What the variables of a template stand for in one file. */
export function templateValues(parts: ScriptParts, template: Template): TemplateValues {
  const { id, downRevisions, branchLabels, dependsOn } = parts.revision
  const { date, tokens = { upgrade: 'upgrades', downgrade: 'downgrades' } } = parts
  const values: TemplateValues = {
    message: parts.message || 'empty message',
    revision: id,
    revises: downRevisions.join(', ') || '<base>',
    createDate: formatCreateDate(date, parts.config.timezone),
    downgradeLabel: parts.downgradeLabel ?? 'unproved',
    imports: parts.imports ?? "import type { Op } from 'limbeck'",
    downRevision: literal(downRevisions),
    branchLabels: literal(branchLabels),
    dependsOn: literal(dependsOn),
    upgrades: '',
    downgrades: '',
    [tokens.upgrade]: parts.upgrades ?? '',
    [tokens.downgrade]: parts.downgrades ?? '',
  }
  const taken = Object.keys(parts.templateArgs ?? {}).find(name => Object.hasOwn(values, name))
  if (taken !== undefined) throw takenName(taken, template)
  assertTaken(template, tokens.upgrade, parts.upgrades)
  assertTaken(template, tokens.downgrade, parts.downgrades)
  return { ...values, ...parts.templateArgs }
}

function takenName(name: string, { path }: Template): LimbeckError {
  return new LimbeckError(
    'TEMPLATE_INVALID',
    `\`templateArgs\` has a variable '${name}', and limbeck gives the template one of that name.`,
    { facts: { path, variable: name }, hint: 'Choose another name in env.ts and in the template.' },
  )
}

/** Code must not get lost because a template has no place for it. */
function assertTaken(template: Template, token: string, code: string | undefined): void {
  if (!code || variablesOf(template).some(({ name }) => name === token)) return
  const { path } = template
  throw new LimbeckError(
    'TEMPLATE_INVALID',
    `${path} has no variable '${token}', which the code goes to.`,
    {
      facts: { path, variable: token },
      hint: 'Put it into the body of its function in the template.',
    },
  )
}

function literal(values: readonly string[]): string {
  const strings = values.map(value => `'${value.replaceAll(/['\\]/g, '\\$&')}'`)
  return strings.length > 1 ? `[${strings.join(', ')}]` : (strings[0] ?? 'null')
}
