import type { ConfigureOptions } from './configure-options.ts'

/** What each parameter of Alembic's `context.configure` is called here. */
export const counterparts: Readonly<Record<string, keyof ConfigureOptions>> = {
  connection: 'connection',
  url: 'url',
  dialect_name: 'dialect',
  transactional_ddl: 'transactionalDdl',
  transaction_per_migration: 'transactionPerMigration',
  output_buffer: 'outputBuffer',
  literal_binds: 'literalBinds',
  starting_rev: 'startingRev',
  tag: 'tag',
  template_args: 'templateArgs',
  version_table: 'versionTable',
  version_table_schema: 'versionTableSchema',
  version_table_pk: 'versionTablePk',
  on_version_apply: 'onVersionApply',
  target_metadata: 'target',
  compare_type: 'compareType',
  compare_server_default: 'compareServerDefault',
  include_name: 'includeName',
  include_object: 'includeObject',
  include_schemas: 'includeSchemas',
  upgrade_token: 'upgradeToken',
  downgrade_token: 'downgradeToken',
  process_revision_directives: 'processRevisionDirectives',
}

/** The parameters that have no meaning here, and why. */
export const withoutCounterpart: Readonly<Record<string, string>> = {
  dialect_opts: 'They make an SQLAlchemy dialect. limbeck binds no values in SQL that it writes.',
  output_encoding: 'The SQL of --sql is text, and UTF-8 where it is printed.',
  render_as_batch: 'A table is rebuilt where its database needs that; scripts do not say so.',
  render_item:
    'What is rendered was read back from a database, so that it never needs a class of the models.',
  alembic_module_prefix: 'Directives are methods of the `op` that the function is given.',
  sqlalchemy_module_prefix: 'The import of a script is written from what its code uses.',
  user_module_prefix: 'A script names types as the database does, and imports no models.',
  autogenerate_plugins: 'Every kind of object is compared; filters leave out what should not be.',
  mssql_batch_separator: 'There is no SQL Server.',
  oracle_batch_separator: 'There is no Oracle.',
}
