/** The public names of limbeck; nothing is defined here. */

export {
  type Config,
  type DatabaseConfig,
  defineConfig,
  type PostWriteHook,
  type ProgramHook,
} from './config/config.ts'
export type { HookFailure, HookRevision, HookRun, Hooks } from './config/hooks.ts'
export { type AwsSecretOptions, awsSecret } from './credentials/aws-secret.ts'
export {
  type EnvironmentVariablesOptions,
  environmentVariables,
} from './credentials/environment-variables.ts'
export { firstUrl, type UrlSource } from './credentials/first-url.ts'
export { localSecretFile } from './credentials/local-secret-file.ts'
export { type MountedSecretsOptions, mountedSecrets } from './credentials/mounted-secrets.ts'
export { type RdsIamOptions, rdsIam } from './credentials/rds-iam.ts'
export type { SecretDefaults } from './credentials/secret-fields.ts'
export * from './declarations/column-types.ts'
export type { ColumnBuilder, ColumnRecord, NamedColumn } from './declarations/columns.ts'
export { check, exclude, foreignKey, primaryKey, unique } from './declarations/constraints.ts'
export type { Declaration } from './declarations/declaration.ts'
export { finalName } from './declarations/final-name.ts'
export { index } from './declarations/indexes.ts'
export { extension, publication, schema, statistics, verbatim } from './declarations/others.ts'
export { policy } from './declarations/policies.ts'
export { aggregate, routine } from './declarations/routines.ts'
export type { ColumnType, Database, InsertOf, RowOf, UpdateOf } from './declarations/rows.ts'
export { sequence } from './declarations/sequences.ts'
export { type Sql, type SqlText, sql } from './declarations/sql.ts'
export { type TableDeclaration, table } from './declarations/tables.ts'
export { eventTrigger, rule, trigger } from './declarations/triggers.ts'
export { collation, compositeType, domain, enumType, rangeType } from './declarations/types.ts'
export { materializedView, view } from './declarations/views.ts'
export { LimbeckError } from './errors.ts'
export {
  type CompileContext,
  type CustomLoss,
  type CustomSql,
  defineOperation,
  type OperationDefinition,
  type RenderedCall,
} from './operations/custom.ts'
export type {
  BackfillContext,
  LiveOp,
  Op,
  RunConnection,
  RunContext,
} from './operations/op.ts'
export type { Operation } from './operations/operation.ts'
export { reversed } from './operations/reversed.ts'
export type {
  CompareColumn,
  FilteredType,
  IncludeName,
  IncludeObject,
  ParentNames,
} from './runtime/comparison-options.ts'
export type { ConfigureOptions, OutputBuffer } from './runtime/configure-options.ts'
export type { ContextConfig } from './runtime/context-config.ts'
export type { MigrationContext } from './runtime/migration-context.ts'
export type { ProcessRevisionDirectives, RevisionDirective } from './runtime/revision-directive.ts'
export type { ScriptContext } from './runtime/script-context.ts'
export type { OnVersionApply, RunArguments, VersionApplied } from './runtime/version-apply.ts'
export { native } from './sources/native/native.ts'
export { type SqlFilesOptions, sqlFiles } from './sources/sql-files/sql-files.ts'
