import type { SchemaSource } from './source.ts'

/** The source of native models; its room is loaded only to compare. */
export async function loadNativeSource(models: unknown): Promise<SchemaSource> {
  return (await import('./native/native.ts')).native(models)
}
