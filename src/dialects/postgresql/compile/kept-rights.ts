import { createHash } from 'node:crypto'
import { identityOf, isCreate, isDrop, kindOfDropped } from '../../../operations/identity.ts'
import { keepingKinds, type ObjectIdentity, type Operation } from '../../../operations/operation.ts'
import { quoteQualified, stringLiteral } from '../quoting.ts'
import { nameAfterWord, objectWord } from './object-names.ts'
import { lines } from './sql.ts'

type KeepingKind = (typeof keepingKinds)[number]

/** Where the server has the owner and the privileges of a kind of object. */
interface Catalog {
  readonly table: 'pg_class' | 'pg_type' | 'pg_proc'
  /** Of its columns: `relacl`, `relowner`. */
  readonly prefix: string
  /** Turns a name into the object's identifier, and one that is missing into NULL. */
  readonly find: string
  /** What acldefault calls the kind. */
  readonly letter: string
  /** What GRANT calls it. */
  readonly word: string
}

const relation = { table: 'pg_class', prefix: 'rel', find: 'to_regclass' } as const
const catalogs = {
  relation: { ...relation, letter: 'r', word: 'TABLE' },
  sequence: { ...relation, letter: 's', word: 'SEQUENCE' },
  type: { table: 'pg_type', prefix: 'typ', find: 'to_regtype', letter: 'T', word: 'TYPE' },
  routine: {
    table: 'pg_proc',
    prefix: 'pro',
    find: 'to_regprocedure',
    letter: 'f',
    word: 'ROUTINE',
  },
} as const satisfies Record<string, Catalog>

const catalogOf: Readonly<Record<KeepingKind, Catalog>> = {
  domain: catalogs.type,
  compositeType: catalogs.type,
  rangeType: catalogs.type,
  sequence: catalogs.sequence,
  view: catalogs.relation,
  materializedView: catalogs.relation,
  routine: catalogs.routine,
  aggregate: catalogs.routine,
}

/**
 * Keeps the owner and the privileges of an object that is about to be dropped in a setting of the
 * session. They are the database's own: no script knows them, and they may differ from one to another.
 */
function keepRights(kind: KeepingKind, identity: ObjectIdentity): string {
  const { prefix, word } = catalogOf[kind]
  const columns =
    word === 'TABLE'
      ? `, 'columns', coalesce((SELECT json_object_agg(attname, attacl::text) FROM pg_attribute WHERE attrelid = o.oid AND attacl IS NOT NULL), '{}')`
      : ''
  return lines(
    `SELECT set_config('${settingOf(kind, identity)}', (`,
    `  SELECT json_build_object('owner', pg_get_userbyid(${prefix}owner), 'acl', ${prefix}acl::text${columns})::text`,
    `  ${objectIn(kind, identity)}), false)`,
  )
}

/** Gives the object that comes in its place the owner and the privileges that were kept. */
function restoreRights(kind: KeepingKind, identity: ObjectIdentity): string {
  const { prefix, letter, word } = catalogOf[kind]
  const name = nameAfterWord(kind, identity)
  const on = stringLiteral(` ON ${word} ${name} `)
  const isOthers = `(grantee = 0 OR pg_get_userbyid(grantee) <> kept->>'owner')`
  return lines(
    'DO $rights$',
    'DECLARE',
    `  kept json := nullif(current_setting('${settingOf(kind, identity)}', true), '')::json;`,
    '  command text;',
    'BEGIN',
    `  IF kept->>'owner' <> current_user THEN`,
    `    EXECUTE ${stringLiteral(`ALTER ${objectWord(kind, identity)} ${name} OWNER TO `)} || quote_ident(kept->>'owner');`,
    '  END IF;',
    '  FOR command IN',
    `    SELECT 'REVOKE ALL' || ${on} || 'FROM ' || ${grantee}`,
    `    ${objectIn(kind, identity)}, aclexplode(coalesce(${prefix}acl, acldefault('${letter}', ${prefix}owner)))`,
    `    WHERE kept->>'acl' IS NOT NULL AND ${isOthers}`,
    '    UNION ALL',
    `    SELECT 'GRANT ' || privilege_type || ${on} || 'TO ' || ${grantee} || ${option}`,
    `    FROM aclexplode((kept->>'acl')::aclitem[]) WHERE ${isOthers}`,
    ...(word === 'TABLE' ? columnGrants(kind, identity, on) : []),
    '  LOOP EXECUTE command; END LOOP;',
    'END $rights$',
  )
}

/** Privileges on columns that are still there. */
function columnGrants(kind: KeepingKind, identity: ObjectIdentity, on: string): string[] {
  return [
    '    UNION ALL',
    `    SELECT 'GRANT ' || privilege_type || ' (' || quote_ident(key) || ')' || ${on} || 'TO ' || ${grantee} || ${option}`,
    `    FROM json_each_text(kept->'columns'), aclexplode(value::aclitem[])`,
    `    WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${found(kind, identity)} AND attname = key)`,
  ]
}

const grantee = `CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END`
const option = `CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`

function objectIn(kind: KeepingKind, identity: ObjectIdentity): string {
  return `FROM (SELECT * FROM ${catalogOf[kind].table} WHERE oid = ${found(kind, identity)}) o`
}

/** A routine is found by the types of its arguments; one without them is alone with its name. */
function found(kind: KeepingKind, identity: ObjectIdentity): string {
  const { find, word } = catalogOf[kind]
  const { signature } = identity
  const path = quoteQualified(identity)
  if (word !== 'ROUTINE') return `${find}(${stringLiteral(path)})`
  if (signature === undefined) return `to_regproc(${stringLiteral(path)})`
  return `${find}(${stringLiteral(`${path}(${signature})`)})`
}

function settingOf(kind: KeepingKind, identity: ObjectIdentity): string {
  const name = `${kind} ${nameAfterWord(kind, identity)}`
  return `limbeck.rights_${createHash('sha256').update(name).digest('hex').slice(0, 16)}`
}

const isKeeping = (kind: string): kind is KeepingKind =>
  (keepingKinds as readonly string[]).includes(kind)

/** What comes before the statements of an operation so that rights are kept. */
export function rightsBefore(operation: Operation): string[] {
  if (!isDrop(operation) || !operation.keepRights) return []
  const kind = kindOfDropped(operation)
  return isKeeping(kind) ? [keepRights(kind, operation.object)] : []
}

/** What follows them so that kept rights come back. */
export function rightsAfter(operation: Operation): string[] {
  if (!isCreate(operation) || !operation.keepRights) return []
  const { object } = operation
  return isKeeping(object.kind) ? [restoreRights(object.kind, identityOf(object))] : []
}
