/** The name of an object inside a schema; without `schema`, the connection's default applies. */
export interface QualifiedName {
  readonly schema?: string | undefined
  readonly name: string
}

/** A name as people read it: `schema.name`, or only `name` in the default schema. */
export function displayName({ schema, name }: QualifiedName): string {
  return schema === undefined ? name : `${schema}.${name}`
}
