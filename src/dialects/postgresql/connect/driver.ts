import { LimbeckError } from '../../../errors.ts'

/** Imports an optional package, or says how to install it. */
export async function importDriver<T>(
  name: string,
  load: () => Promise<T>,
  code: 'DRIVER_MISSING' | 'PACKAGE_MISSING' = 'DRIVER_MISSING',
): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new LimbeckError(code, `The package ${name} is needed and not installed.`, {
      facts: { package: name },
      hint: `Install it with \`npm install ${name}\`.`,
      cause: error,
    })
  }
}
