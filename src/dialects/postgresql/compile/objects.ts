import { identityOf } from '../../../operations/identity.ts'
import type { CreateObject, DropObject, PlainKind } from '../../../operations/operation.ts'
import { nameAfterWord, objectName, objectWord } from './object-names.ts'
import { commentOn, words } from './sql.ts'

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
