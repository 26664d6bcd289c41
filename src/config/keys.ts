import { dialectNames } from './dialect-name.ts'
import { managedKinds } from './managed-kinds.ts'
import {
  anything,
  callable,
  conventionTemplate,
  duration,
  either,
  fileTemplate,
  filledText,
  listOf,
  oneOf,
  positiveInteger,
  record,
  recordOf,
  type Shape,
  text,
  timeZone,
  truth,
} from './shapes.ts'

/** One key of limbeck.config.ts: what validation, complaints and the reference go by. */
export interface ConfigKey {
  /** `log.level` is the key `level` inside `log`. */
  readonly name: string
  readonly shape: Shape
  /** What it is when the config does not say; absent: nothing. */
  readonly default?: unknown
  /** What Alembic calls it. */
  readonly alembic?: string | undefined
  /** The object that it belongs to needs it. */
  readonly isRequired?: true | undefined
  /** One sentence, as the reference prints it. */
  readonly sentence: string
}

const kindsToManage = oneOf(...Object.keys(managedKinds))

/** Every key, in the order of the reference. */
export const configKeys = [
  {
    name: 'scriptLocation',
    shape: text,
    default: './migrations',
    alembic: 'script_location',
    sentence:
      'The script directory; for a config inside a folder named `migrations`, that folder by default.',
  },
  {
    name: 'versionLocations',
    shape: listOf(text),
    alembic: 'version_locations',
    sentence: 'The folders of revision files; by default `versions` in the script directory.',
  },
  {
    name: 'recursiveVersionLocations',
    shape: truth,
    alembic: 'recursive_version_locations',
    sentence:
      'Read the folders inside the version locations too; by default where `fileTemplate` holds a folder.',
  },
  {
    name: 'dialect',
    shape: oneOf(...dialectNames),
    default: 'postgresql',
    alembic: 'the scheme of sqlalchemy.url',
    sentence: 'The kind of database; by default what the scheme of `url` says, where it is known.',
  },
  {
    name: 'url',
    shape: text,
    alembic: 'sqlalchemy.url',
    sentence: 'Where the database is; the guide on connections says what else is tried.',
  },
  {
    name: 'embedded',
    shape: either(truth, record('{ directory }')),
    default: false,
    sentence: 'Use a PostgreSQL inside this process (PGlite) where no URL is given.',
  },
  {
    name: 'embedded.directory',
    shape: text,
    default: './.limbeck/database',
    sentence: 'Where the embedded database keeps its files.',
  },
  {
    name: 'expect',
    shape: record('{ database, user, host, serverVersion }'),
    sentence:
      'What the database has to be before limbeck changes it; `upgrade`, `downgrade`, `stamp` and `ensure-version` refuse another.',
  },
  {
    name: 'expect.database',
    shape: filledText,
    sentence: 'Its name.',
  },
  {
    name: 'expect.user',
    shape: filledText,
    sentence: 'The role: that which has logged in, or which `SET ROLE` in `env.ts` has made of it.',
  },
  {
    name: 'expect.host',
    shape: filledText,
    sentence:
      'The server, as the URL or the server itself calls it, with or without its port: `db.internal`, `10.0.0.5:5432`.',
  },
  {
    name: 'expect.serverVersion',
    shape: either(filledText, positiveInteger),
    sentence: "The server's version: `15` or `'15.4'`.",
  },
  {
    name: 'scratch',
    shape: either(oneOf('server', 'embedded', 'none'), record('{ url }')),
    sentence:
      'Where throw-away databases are made; by default on the same server, else embedded if PGlite is installed.',
  },
  {
    name: 'scratch.url',
    shape: text,
    sentence: 'A server of their own for throw-away databases.',
  },
  {
    name: 'scratchUrl',
    shape: text,
    sentence: 'The same as `scratch: { url }`.',
  },
  {
    name: 'versionTable',
    shape: text,
    default: 'alembic_version',
    alembic: 'version_table',
    sentence: 'The table that holds the current heads.',
  },
  {
    name: 'versionTableSchema',
    shape: text,
    alembic: 'version_table_schema',
    sentence: "The schema of that table; by default the connection's own.",
  },
  {
    name: 'transactionPerMigration',
    shape: truth,
    default: false,
    alembic: 'transaction_per_migration',
    sentence: 'Commit after each revision; by default a run is one transaction.',
  },
  {
    name: 'waitLock',
    shape: duration,
    default: '60s',
    sentence:
      'How long a run waits for another one on the same version table: `500ms`, `60s`, `2m`, `1h`; `0`: not at all.',
  },
  {
    name: 'lockTimeout',
    shape: duration,
    sentence:
      'How long a statement of a run waits for a lock, while others wait behind it: `500ms`, `3s`; `0`: without end. By default what the role or the URL sets, else 3s.',
  },
  {
    name: 'statementTimeout',
    shape: duration,
    sentence:
      'How long a statement of a run takes at most: `30s`, `10m`; `0`: without end. By default what the role or the URL sets, else without end.',
  },
  {
    name: 'lockRetry',
    shape: duration,
    default: '2m',
    sentence:
      'How long what got no lock, or met a deadlock, is tried again: `2m`; `0`: not at all.',
  },
  {
    name: 'offlineLedger',
    shape: truth,
    default: true,
    sentence: 'The SQL of `--sql` keeps the ledger `limbeck_ledger` beside the version table, too.',
  },
  {
    name: 'offlineGuards',
    shape: either(truth, oneOf('sql')),
    default: true,
    sentence:
      "The SQL of `--sql` stops on a database that is not where it starts; `'sql'`: without the commands of `psql` and `sqlite3`, for other tools.",
  },
  {
    name: 'fileTemplate',
    shape: fileTemplate,
    default: '%(rev)s_%(slug)s',
    alembic: 'file_template',
    sentence:
      'The name of a new revision file, without its extension, from `rev`, `slug`, `epoch`, `year`, `month`, `day`, `hour`, `minute` and `second`.',
  },
  {
    name: 'truncateSlugLength',
    shape: positiveInteger,
    default: 40,
    alembic: 'truncate_slug_length',
    sentence: 'How many characters of the message a file name takes.',
  },
  {
    name: 'timezone',
    shape: timeZone,
    default: 'UTC',
    alembic: 'timezone',
    sentence: 'The time zone of the date in a new revision file.',
  },
  {
    name: 'postWriteHooks',
    shape: listOf(either(record('{ executable, name, options, cwd }'), callable)),
    default: [],
    alembic: '[post_write_hooks]',
    sentence: 'Programs or functions that are run on each new revision file, in order.',
  },
  {
    name: 'postWriteHooks.executable',
    shape: filledText,
    isRequired: true,
    alembic: 'NAME.executable',
    sentence:
      "The program, without which there is no hook: looked for in `node_modules/.bin` from the config's folder upwards, then on the PATH.",
  },
  {
    name: 'postWriteHooks.options',
    shape: text,
    alembic: 'NAME.options',
    sentence:
      'Its arguments, split as a shell does; `REVISION_SCRIPT_FILENAME` is the file, which otherwise comes first.',
  },
  {
    name: 'postWriteHooks.cwd',
    shape: text,
    alembic: 'NAME.cwd',
    sentence: "Where it runs; the config's folder by default.",
  },
  {
    name: 'postWriteHooks.name',
    shape: text,
    alembic: 'hooks',
    sentence: 'What messages call it; the program by default.',
  },
  {
    name: 'revisionEnvironment',
    shape: truth,
    default: false,
    alembic: 'revision_environment',
    sentence: 'Run `env.ts` also for `revision`, `merge` and `history`.',
  },
  {
    name: 'options',
    shape: recordOf(text),
    default: {},
    alembic: 'any other key',
    sentence: 'Words of your own for `env.ts`, which reads them with `context.config`.',
  },
  {
    name: 'namingConvention',
    shape: record('{ ix, uq, ck, fk, pk }'),
    default: {},
    alembic: 'MetaData(naming_convention=…)',
    sentence:
      'How indexes and constraints are called that models and scripts give no name: templates of `%(table_name)s`, `%(column_0_name)s` and the like.',
  },
  {
    name: 'namingConvention.ix',
    shape: conventionTemplate('ix'),
    alembic: 'naming_convention["ix"]',
    sentence: 'The template for the names of indexes.',
  },
  {
    name: 'namingConvention.uq',
    shape: conventionTemplate('uq'),
    alembic: 'naming_convention["uq"]',
    sentence: 'The template for the names of unique constraints.',
  },
  {
    name: 'namingConvention.ck',
    shape: conventionTemplate('ck'),
    alembic: 'naming_convention["ck"]',
    sentence: 'The template for the names of checks.',
  },
  {
    name: 'namingConvention.fk',
    shape: conventionTemplate('fk'),
    alembic: 'naming_convention["fk"]',
    sentence: 'The template for the names of foreign keys.',
  },
  {
    name: 'namingConvention.pk',
    shape: conventionTemplate('pk'),
    alembic: 'naming_convention["pk"]',
    sentence: 'The template for the names of primary keys.',
  },
  {
    name: 'target',
    shape: anything,
    alembic: 'target_metadata',
    sentence: 'What the database should look like, where `env.ts` does not say it.',
  },
  {
    name: 'manage',
    shape: either(oneOf('all'), listOf(kindsToManage)),
    default: [],
    sentence:
      'Kinds of object that are compared even when the target declares none of them, so that they may be dropped.',
  },
  {
    name: 'manageRights',
    shape: listOf(oneOf('owners', 'grants')),
    default: [],
    sentence: 'What is compared of rights: who owns objects, and what is granted on them.',
  },
  {
    name: 'schemas',
    shape: listOf(text),
    alembic: 'include_schemas',
    sentence: 'Schemas that are compared beside those that the target or the revisions name.',
  },
  {
    name: 'dropUnknown',
    shape: truth,
    default: true,
    sentence: 'Propose to drop tables that the target does not have.',
  },
  {
    name: 'online',
    shape: truth,
    default: false,
    sentence:
      'Propose changes in forms that keep nobody out of a table for long, in several revisions where they must be.',
  },
  {
    name: 'hooks',
    shape: record('{ beforeRun, beforeRevision, afterRevision, afterRun, onError }'),
    sentence:
      'Functions that are told of a run that has something to do, and awaited; what one throws ends the run.',
  },
  {
    name: 'hooks.beforeRun',
    shape: callable,
    sentence: 'Before anything is done.',
  },
  {
    name: 'hooks.beforeRevision',
    shape: callable,
    sentence: 'In the transaction of each revision, before its first statement.',
  },
  {
    name: 'hooks.afterRevision',
    shape: callable,
    sentence: 'In the transaction of each revision, when its version rows are written.',
  },
  {
    name: 'hooks.afterRun',
    shape: callable,
    sentence: 'When everything is done and committed.',
  },
  {
    name: 'hooks.onError',
    shape: callable,
    sentence: 'When a run has failed; the error is told all the same.',
  },
  {
    name: 'openTelemetry',
    shape: truth,
    default: true,
    sentence: 'Make spans of a run where the project has installed `@opentelemetry/api`.',
  },
  {
    name: 'log',
    shape: record('{ level, sql, parameters, format }'),
    alembic: '[loggers]',
    sentence: 'What is said on stderr while limbeck works.',
  },
  {
    name: 'log.level',
    shape: oneOf('debug', 'sql', 'info', 'warning', 'error'),
    default: 'info',
    alembic: '[logger_alembic] level',
    sentence: 'The least important line that is shown; `sql`: as `info`, and statements.',
  },
  {
    name: 'log.sql',
    shape: truth,
    alembic: '[logger_sqlalchemy] level = INFO',
    sentence: 'Show each statement before it runs; by default at the levels `sql` and `debug`.',
  },
  {
    name: 'log.parameters',
    shape: truth,
    default: false,
    alembic: 'hide_parameters of the engine',
    sentence: 'Show what stands for `$1` and its like, too.',
  },
  {
    name: 'log.format',
    shape: oneOf('text', 'json'),
    default: 'text',
    alembic: '[formatter_generic]',
    sentence: 'Lines of text, or one JSON object in each line.',
  },
  {
    name: 'databases',
    shape: record('{ [name]: keys }'),
    alembic: 'databases; the sections for `-n`',
    sentence:
      'Several databases by name, each with the keys in which it differs; `-n NAME` chooses one.',
  },
] as const satisfies readonly ConfigKey[]

type WithDefault = Extract<(typeof configKeys)[number], { default: unknown }>

const defaults: Readonly<Record<string, unknown>> = Object.fromEntries(
  configKeys.map(key => [key.name, 'default' in key ? key.default : undefined]),
)

/** What a key is when the config does not say. */
export function defaultOf<N extends WithDefault['name']>(name: N) {
  return defaults[name] as Extract<WithDefault, { name: N }>['default']
}
