import { expect, test } from 'vitest'
import { counterparts, withoutCounterpart } from '../../src/runtime/alembic-options.ts'
import { configureOptionNames } from '../../src/runtime/configure-options.ts'
import { ContextConfig } from '../../src/runtime/context-config.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { expectGenerated } from './generated.ts'
import { readPage } from './pages.ts'

const path = 'docs/guide/environment.md'
const page = readPage(path)

/** The parameters of Alembic 1.19's `EnvironmentContext.configure`, named or passed through. */
const parameters =
  `connection url dialect_name dialect_opts transactional_ddl transaction_per_migration
  output_buffer output_encoding literal_binds starting_rev tag template_args version_table version_table_schema
  version_table_pk on_version_apply target_metadata compare_type compare_server_default include_name include_object
  include_schemas render_as_batch render_item upgrade_token downgrade_token alembic_module_prefix
  sqlalchemy_module_prefix user_module_prefix process_revision_directives autogenerate_plugins
  mssql_batch_separator oracle_batch_separator`.split(/\s+/)

test('every parameter of Alembic has a counterpart or a reason', () => {
  expect(parameters).toHaveLength(33)
  const known = [...Object.keys(counterparts), ...Object.keys(withoutCounterpart)]
  expect(known.toSorted()).toEqual(parameters.toSorted())
})

test('the guide has the parameters without a counterpart, and why', () => {
  const rows = Object.entries(withoutCounterpart).map(([name, why]) => `| \`${name}\` | ${why} |\n`)
  expectGenerated(path, 'alembic-only', `| Parameter | Why |\n|---|---|\n${rows.join('')}`)
})

test.each(configureOptionNames)('the guide has the option %s', name => {
  expect(page).toMatch(new RegExp(`^\\|[^|]*\`${name}\``, 'm'))
})

test.each(Object.entries(counterparts))('the guide has %s beside %s', (alembic, ours) => {
  const row = page.split('\n').find(line => line.startsWith('|') && line.includes(`\`${ours}\``))
  expect(row).toContain(`\`${alembic}\``)
})

const internal = ['constructor', 'hasRun', 'settled', 'hasThrown', 'whileWanted', 'close', 'urlSet']

const membersOf = (type: { readonly prototype: object }) =>
  Object.getOwnPropertyNames(type.prototype).filter(name => !internal.includes(name))

test.each([...membersOf(MigrationContext), ...membersOf(ContextConfig)])(
  'the guide has the member %s',
  name => {
    expect(page).toMatch(new RegExp(`^\\|[^|]*\`${name}\\b`, 'm'))
  },
)
