import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { DatabaseSchema, ObjectKind, SchemaObject } from '../schema/index.ts'
import type { SourceContent } from '../sources/source.ts'

/** Which objects limbeck may touch: kinds and schemas. */
export interface Managed {
  readonly kinds: 'all' | ReadonlySet<ObjectKind>
  readonly schemas: 'all' | ReadonlySet<string>
}

/** What any description of tables speaks about, even where it declares none of a kind. */
const tableKinds: readonly ObjectKind[] = [
  'schema',
  'enum',
  'sequence',
  'table',
  'constraint',
  'index',
]

/**
 * A kind is managed once the target declares an object of it, the config lists it, or it belongs to
 * what every source speaks about, as far as the sources can express it; a schema is managed when the
 * target or the history names it.
 */
export function managedBy(
  target: DatabaseSchema,
  contents: readonly SourceContent[],
  config: Pick<ResolvedConfig, 'manage' | 'schemas'>,
  historySchemas: Iterable<string>,
): Managed {
  const objects = [...target.objects.values()]
  return {
    kinds: managedKinds(objects, contents, config.manage),
    schemas: new Set([
      ...(config.schemas ?? []),
      ...objects.filter(isNamespace).map(namespace => namespace.name),
      ...historySchemas,
      target.defaultSchema,
    ]),
  }
}

const isNamespace = (object: SchemaObject) => object.kind === 'schema'

function managedKinds(
  objects: readonly SchemaObject[],
  contents: readonly SourceContent[],
  manage: ResolvedConfig['manage'],
): Managed['kinds'] {
  if (manage === 'all') return 'all'
  const canExpress = (kind: ObjectKind) =>
    contents.some(({ expresses }) => expresses === 'all' || expresses.includes(kind))
  return new Set([
    ...manage,
    ...[...tableKinds, ...objects.map(object => object.kind)].filter(canExpress),
  ])
}
