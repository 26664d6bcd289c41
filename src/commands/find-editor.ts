import { LimbeckError } from '../errors.ts'
import { findProgram, isPath, searchPath } from '../programs/find-program.ts'
import { shellWords } from '../text/shell-words.ts'

/** A program and the words that come before the file. */
export interface Editor {
  readonly program: string
  readonly words: readonly string[]
}

/** Where the choice of an editor comes from. */
export interface EditorPlace {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

/** Those that are tried where nobody has chosen one. */
const usualEditors: readonly string[] =
  process.platform === 'win32'
    ? ['code', 'notepad++', 'notepad']
    : ['sensible-editor', 'editor', 'nano', 'vim', 'code']

/** The user's editor: EDITOR, VISUAL, or the first of the usual ones that is installed. */
export function findEditor(place: EditorPlace): Editor {
  for (const variable of ['EDITOR', 'VISUAL']) {
    const chosen = place.env[variable]?.trim()
    if (chosen) return chosenEditor(variable, chosen, place)
  }
  for (const name of usualEditors) {
    const program = findIn(place, name)
    if (program !== undefined) return { program, words: [] }
  }
  throw new LimbeckError('EDITOR_NOT_FOUND', 'There is no editor to open the file with.', {
    facts: { tried: usualEditors },
    hint: 'Set EDITOR to one, such as `vim` or `code --wait`.',
  })
}

/** A path may hold spaces; anything else is a program and its words, as a shell reads them. */
function chosenEditor(variable: string, chosen: string, place: EditorPlace): Editor {
  const whole = findIn(place, chosen)
  if (whole !== undefined) return { program: whole, words: [] }
  const [name = chosen, ...words] = shellWords(chosen) ?? []
  const program = findIn(place, name)
  if (program !== undefined) return { program, words }
  throw new LimbeckError(
    'EDITOR_NOT_FOUND',
    `${variable} is '${chosen}', and there is no ${name}.`,
    {
      facts: { variable, value: chosen },
      hint: `Set ${variable} to a program on the PATH, or unset it to use what is installed.`,
    },
  )
}

/** A path is taken as it is; a name is looked for on the PATH. */
const findIn = ({ env, cwd }: EditorPlace, name: string): string | undefined =>
  findProgram(name, isPath(name) ? [cwd] : searchPath(env))
