/** A piece of SQL, kept as it was written or as the database deparsed it. */
export interface Expression {
  readonly sql: string
}

/** A plain value that a dialect spells in its own way. */
export interface Literal {
  readonly value: LiteralValue
}

export type LiteralValue = string | number | bigint | boolean | null

/** What a column default may be: a literal or an expression. */
export type DefaultValue = Literal | Expression

/** Whether a default is an expression rather than a literal. */
export function isExpression(value: DefaultValue): value is Expression {
  return 'sql' in value
}
