/** What `manage` may list, and the kind of object that each word stands for. */
export const managedKinds = {
  schemas: 'schema',
  extensions: 'extension',
  collations: 'collation',
  enums: 'enum',
  domains: 'domain',
  compositeTypes: 'compositeType',
  rangeTypes: 'rangeType',
  sequences: 'sequence',
  tables: 'table',
  views: 'view',
  materializedViews: 'materializedView',
  functions: 'routine',
  aggregates: 'aggregate',
  triggers: 'trigger',
  rules: 'rule',
  policies: 'policy',
  statistics: 'statistics',
  eventTriggers: 'eventTrigger',
  publications: 'publication',
} as const

/** A kind of object that the config can bring under limbeck's care. */
export type ManagedKind = (typeof managedKinds)[keyof typeof managedKinds]
