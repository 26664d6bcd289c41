import { LimbeckError } from '../../errors.ts'

/** Keys and values as they are written, before `%(…)s` is replaced. */
export type IniValues = ReadonlyMap<string, string>

/** What an ini file says. */
export interface IniFile {
  /** `[DEFAULT]`, whose keys every section has. */
  readonly defaults: IniValues
  readonly sections: ReadonlyMap<string, IniValues>
}

/**
 * Reads an ini file by the rules of Python's ConfigParser: keys in lower case, `=` or `:`, comments
 * on lines of their own, and what is indented deeper than its key continues the value, across empty
 * lines too. A section or a key that stands twice is an error.
 */
export function parseIni(text: string, path: string): IniFile {
  const reader = new IniReader(path)
  for (const line of text.split(/\r\n|\r|\n/)) reader.read(line)
  return {
    defaults: joined(reader.defaults),
    sections: new Map([...reader.sections].map(([name, { keys }]) => [name, joined(keys)])),
  }
}

/** A value, line by line, and where it began. */
interface Entry {
  readonly line: number
  readonly parts: string[]
}

type Keys = Map<string, Entry>

const joined = (keys: Keys): IniValues =>
  new Map([...keys].map(([key, { parts }]) => [key, parts.join('\n').trimEnd()]))

/** Takes a file line by line and knows which section and value it is in. */
class IniReader {
  readonly defaults: Keys = new Map()
  readonly sections = new Map<string, { readonly line: number; readonly keys: Keys }>()
  readonly #path: string
  #line = 0
  #section: { readonly name: string; readonly keys: Keys } | undefined
  #entry: Entry | undefined
  #indent = 0

  constructor(path: string) {
    this.#path = path
  }

  read(line: string): void {
    this.#line++
    const content = line.trim()
    if (/^[#;]/.test(content)) return
    if (content === '') {
      this.#entry?.parts.push('')
      return
    }
    const indent = line.search(/\S/)
    if (this.#entry !== undefined && indent > this.#indent) {
      this.#entry.parts.push(content)
      return
    }
    this.#indent = indent
    const header = /^\[(.+)\]/.exec(content)?.[1]
    if (header === undefined) this.#readKey(content)
    else this.#readHeader(header)
  }

  #readHeader(name: string): void {
    const known = this.sections.get(name)
    if (known !== undefined) throw this.#twice(`the section [${name}]`, known.line)
    const keys: Keys = name === 'DEFAULT' ? this.defaults : new Map()
    if (keys !== this.defaults) this.sections.set(name, { line: this.#line, keys })
    this.#section = { name, keys }
    this.#entry = undefined
  }

  #readKey(content: string): void {
    if (this.#section === undefined) {
      throw this.#wrong('this line stands before the first [section]', beginsWithSection)
    }
    const [, word = '', value = ''] = /^(.*?)\s*[=:]\s*(.*)$/.exec(content) ?? []
    if (word === '') throw this.#wrong('this line is neither `key = value` nor a [section]', deeper)
    const { name, keys } = this.#section
    const key = word.toLowerCase()
    const known = keys.get(key)
    if (known !== undefined) throw this.#twice(`the key ${key} of [${name}]`, known.line)
    this.#entry = { line: this.#line, parts: [value] }
    keys.set(key, this.#entry)
  }

  #twice(what: string, line: number): LimbeckError {
    return this.#wrong(`${what} stands here again, first in line ${line}`, 'Keep one of the two.')
  }

  /** A line is never quoted: it may hold a password. */
  #wrong(what: string, hint: string): LimbeckError {
    const place = `${this.#path}:${this.#line}`
    return new LimbeckError('CONFIG_UNREADABLE', `The config cannot be read: ${place}: ${what}.`, {
      facts: { path: this.#path, line: this.#line },
      hint,
    })
  }
}

const beginsWithSection = 'An alembic.ini begins with `[alembic]`.'

const deeper = 'A further line of a value is indented deeper than its key.'
