import type {
  CreateObject,
  DropObject,
  ObjectIdentity,
  PlainKind,
} from '../../../operations/operation.ts'
import type { SchemaObject } from '../../../schema/index.ts'
import { nameAfterWord, objectName, objectWord } from './object-names.ts'
import { commentOn, words } from './sql.ts'

/** What a created object is called again by, when it is commented on or dropped. */
export function identityOf(object: SchemaObject): ObjectIdentity {
  if (object.kind === 'verbatim') return { name: object.identity, type: object.type }
  return {
    name: object.name ?? '',
    schema: 'schema' in object ? object.schema : undefined,
    table: 'table' in object && typeof object.table === 'string' ? object.table : undefined,
    signature: 'signature' in object ? object.signature : undefined,
    type: 'type' in object ? object.type : undefined,
  }
}

/** The COMMENT ON of a plain object that was just created, where it has a comment. */
export function ownComment(object: CreateObject<PlainKind>['object']): string[] {
  return commentOn(objectName(object.kind, identityOf(object)), object.comment)
}

/** DROP of a plain object. */
export function dropObject<K extends PlainKind>(
  kind: K,
): (operation: Pick<DropObject<K>, 'object' | 'ifExists' | 'cascade'>) => string[] {
  return ({ object, ifExists, cascade }) => [
    words(
      `DROP ${objectWord(kind, object)}`,
      ifExists && 'IF EXISTS',
      nameAfterWord(kind, object),
      cascade && 'CASCADE',
    ),
  ]
}
