import type { Environment } from '../../environment/environment.ts'
import type { ComparisonSettings } from '../../runtime/comparison-options.ts'
import { placedError } from '../../scripts/error-place.ts'

/** The settings of env.ts, whose functions say where they have thrown. */
export function placedSettings(
  {
    includeName,
    includeObject,
    includeSchemas,
    compareType,
    compareServerDefault,
  }: ComparisonSettings,
  { path }: Pick<Environment, 'path'>,
): ComparisonSettings {
  const placed = <T>(setting: T): T =>
    path === undefined || typeof setting !== 'function'
      ? setting
      : (placing(path, setting as never) as T)
  return {
    includeName: placed(includeName),
    includeObject: placed(includeObject),
    includeSchemas,
    compareType: placed(compareType),
    compareServerDefault: placed(compareServerDefault),
  }
}

function placing(path: string, code: (...args: never[]) => unknown) {
  return (...args: never[]): unknown => {
    try {
      return code(...args)
    } catch (error) {
      throw placedError('ENVIRONMENT_FAILED', path, error)
    }
  }
}
