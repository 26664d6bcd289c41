import { type Environment, environmentError } from '../../environment/environment.ts'
import type { ComparisonSettings } from '../../runtime/comparison-options.ts'

type Owner = Pick<Environment, 'path'>

/** The settings of env.ts, whose functions say where they have thrown. */
export function placedSettings(settings: ComparisonSettings, owner: Owner): ComparisonSettings {
  const { includeName, includeObject, includeSchemas } = settings
  const { compareType, compareServerDefault } = settings
  return {
    includeSchemas,
    includeName: includeName && placed(includeName, owner),
    includeObject: includeObject && placed(includeObject, owner),
    compareType: typeof compareType === 'function' ? placed(compareType, owner) : compareType,
    compareServerDefault:
      typeof compareServerDefault === 'function'
        ? placed(compareServerDefault, owner)
        : compareServerDefault,
  }
}

/** A function that tells the place of what it throws. */
function placed<W extends readonly unknown[], R>(
  code: (...words: W) => R,
  owner: Owner,
): (...words: W) => R {
  return (...words) => {
    try {
      return code(...words)
    } catch (error) {
      throw environmentError(owner, error)
    }
  }
}
