import { LimbeckError } from '../errors.ts'

/** A package of AWS, which the project installs where it needs one; `who` names the function that does. */
export async function importSdk<T>(name: string, who: string): Promise<T> {
  try {
    return (await import(name)) as T
  } catch (error) {
    throw new LimbeckError('PACKAGE_MISSING', `${who} needs the package ${name}.`, {
      facts: { package: name },
      hint: `Run \`npm install ${name}\`.`,
      cause: error,
    })
  }
}
