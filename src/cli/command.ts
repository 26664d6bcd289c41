import type { ProjectInput } from '../environment/project.ts'
import type { LimbeckError } from '../errors.ts'
import type { View } from './print/view.ts'
import type { Choose } from './questions/choose.ts'
import type { Ask } from './questions/yes-or-no.ts'

/** One option, as `parseArgs` and the help need it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  /** The single letter. */
  readonly short?: string | undefined
  /** May be given several times. */
  readonly multiple?: true
  /** What the help calls its value. */
  readonly value?: string | undefined
  /** One sentence. */
  readonly help: string
  /** Understood, but not shown. */
  readonly hidden?: true
}

export type OptionTable = Readonly<Record<string, OptionSpec>>

/** The values that a table of options gives. */
export type Values<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends { type: 'boolean' }
    ? boolean
    : O[K] extends { multiple: true }
      ? readonly string[]
      : string | undefined
}

export interface Positional {
  readonly name: string
  readonly help: string
  readonly isOptional?: true
  /** Takes all that follow. */
  readonly isMany?: true
}

export interface Example {
  readonly line: string
  readonly what: string
}

/** A command as the command line sees it: its words, its function and its printer. */
export interface CliCommand<I = never, R = unknown> {
  readonly name: string
  readonly summary: string
  /** More than the summary, as paragraphs. */
  readonly description?: string | undefined
  readonly positionals: readonly Positional[]
  readonly options: OptionTable
  readonly examples: readonly Example[]
  /** `ask` and `choose` are there where somebody can be asked. */
  input(
    words: Words,
    ask?: Ask | undefined,
    choose?: Choose | undefined,
  ): Omit<I, keyof ProjectInput>
  /** The function, loaded only when the command runs: start-up is short. */
  load(): Promise<(input: I) => Promise<R>>
  /** `values` are the options, for those that are about the text alone; a long printer is loaded late. */
  print(result: R, view: View, values: Words['values']): string | Promise<string>
  /** Whether the text was asked for as data, which `--quiet` does not silence. */
  isData?(values: Words['values']): boolean
  /** Whether the text is code to be kept, in which nothing is masked. */
  isCode?(values: Words['values']): boolean
  /** What makes the exit status other than 0 although the command did its work. */
  failure?(result: R): LimbeckError | undefined
}

export interface Words {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly positionals: readonly string[]
  /** `--verbose`, for a command that then asks for more. */
  readonly isVerbose?: boolean | undefined
}

/** A command with its types: `values` are those of its own options. */
export interface TypedCommand<I, R, O extends OptionTable>
  extends Omit<CliCommand<I, R>, 'options' | 'input' | 'print' | 'isData' | 'isCode'> {
  readonly options: O
  input(
    words: Omit<Words, 'values'> & { readonly values: Values<O> },
    ask?: Ask | undefined,
    choose?: Choose | undefined,
  ): Omit<I, keyof ProjectInput>
  print(result: R, view: View, values: Values<O>): string | Promise<string>
  isData?(values: Values<O>): boolean
  isCode?(values: Values<O>): boolean
}

/** Checks a command's types where it is written; all commands then stand in one table. */
export function defineCommand<I, R, const O extends OptionTable>(
  command: TypedCommand<I, R, O>,
): CliCommand {
  return command as unknown as CliCommand
}
