import type { NamingConvention } from './config.ts'

/** What a naming convention names, as SQLAlchemy abbreviates it. */
export type ConventionKind = keyof NamingConvention

/** What stands in a template for a part of the name. */
export type ConventionToken =
  | { readonly of: 'table' | 'constraint' | 'referredTable' }
  | {
      readonly of: 'columns' | 'referredColumns'
      /** `label`: the column with its table before it. */
      readonly part: 'name' | 'label'
      /** The place of one column, or what stands between all of them. */
      readonly which: number | { readonly joinedBy: string }
    }

/** A template that has been validated, as those of a config are, in pieces. */
export function parseConvention(template: string): readonly (string | ConventionToken)[] {
  return piecesOf(template).map(piece => piece ?? '')
}

/** What is wrong with the template of a kind, in a sentence; undefined where nothing is. */
export function conventionComplaint(kind: ConventionKind, template: string): string | undefined {
  if (template === '') return 'it is empty.'
  const pieces = piecesOf(template)
  const unknown = splitTemplate(template).find((_, at) => pieces[at] === undefined)
  if (unknown !== undefined) return unreadable(unknown)
  const tokens = pieces.filter(piece => typeof piece === 'object')
  if (kind !== 'fk' && tokens.some(({ of }) => of.startsWith('referred')))
    return `only a foreign key refers to a table: \`${template}\` can be the template of \`fk\` alone.`
  if (kind === 'ck' && tokens.some(({ of }) => of === 'columns'))
    return 'which columns a check is about is not known: give each check a name, and use %(constraint_name)s.'
  return undefined
}

const splitTemplate = (template: string): string[] =>
  template.split(/(%(?:%|\([^)]*\)[a-zA-Z]?)?)/).filter(text => text !== '')

function piecesOf(template: string): (string | ConventionToken | undefined)[] {
  return splitTemplate(template).map(text => {
    if (!text.startsWith('%')) return text
    return text === '%%' ? '%' : tokenOf(/^%\((.*)\)s$/.exec(text)?.[1] ?? '')
  })
}

const plainTokens: Readonly<Record<string, ConventionToken>> = {
  table_name: { of: 'table' },
  constraint_name: { of: 'constraint' },
  referred_table_name: { of: 'referredTable' },
}

/** `column_0_name`, `column_1_label`, `column_0N_name` and `column_0_N_name` for all; `referred_column_…`. */
function tokenOf(word: string): ConventionToken | undefined {
  if (Object.hasOwn(plainTokens, word)) return plainTokens[word]
  const [, referred, position, all, part] =
    /^(referred_)?column_(?:(\d+)|0(_?)N)_(name|key|label)$/.exec(word) ?? []
  if (part === undefined || (referred && part !== 'name')) return undefined
  return {
    of: referred ? 'referredColumns' : 'columns',
    part: part === 'label' ? 'label' : 'name',
    which: position === undefined ? { joinedBy: all ?? '' } : Number(position),
  }
}

const unreadable = (text: string): string =>
  text.startsWith('%(') && text.endsWith(')s')
    ? `${text} is not a token. Known are %(table_name)s, %(constraint_name)s, %(column_0_name)s and the like with _label or _key, %(column_0_N_name)s and %(column_0N_name)s for all columns, %(referred_table_name)s and %(referred_column_0_name)s.`
    : `\`${text}\` cannot be read: a token is written %(table_name)s, and a percent sign %%.`
