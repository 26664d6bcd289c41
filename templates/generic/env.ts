import type { MigrationContext } from 'limbeck'

/**
 * What the database should look like. `limbeck revision --autogenerate` and `limbeck check` compare
 * it with the database; nothing else loads it. Models, a list of them, or a function that gives them:
 *
 *   export const target = () => import('../src/models/index.ts')
 *   export const target = sqlFiles('schema.sql')
 */
export const target = undefined

/** Runs when there is a database: connect to it, then let the command do its work. */
export async function runMigrationsOnline(context: MigrationContext): Promise<void> {
  context.configure({
    // log: { sql: true }, // show every statement
    // includeObject: (object, name, type) => !name.startsWith('legacy_'), // what is compared
    // onVersionApply: ({ step }) => console.error(`${step.direction} ${step.revision.id}`),
  })

  // Without a URL here it is --url, else what limbeck.config.ts says. To fetch one:
  //   await context.connect({ url: () => awsSecret({ secretName: 'prod/auth', region: 'eu-west-1' }) })
  await context.connect()
  await context.runMigrations()
}

/** Runs for `--sql`: the statements are written, nothing is connected to. */
export async function runMigrationsOffline(context: MigrationContext): Promise<void> {
  await context.runMigrations()
}
