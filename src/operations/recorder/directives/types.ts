import type { AnyColumn, ColumnRecord } from '../../../declarations/columns.ts'
import type { Parameters } from '../../../declarations/indexes.ts'
import {
  collation,
  compositeType,
  type DomainOptions,
  domain,
  enumType,
  type RangeTypeOptions,
  rangeType,
  type TypeOptions,
} from '../../../declarations/types.ts'
import {
  type CreateKeptOptions,
  type CreateOptions,
  createObject,
  type Declared,
  type DropKeptOptions,
  type DropOptions,
  dropObject,
  type InSchema,
} from '../objects.ts'
import { known } from '../takes.ts'
import * as types from '../types.ts'
import { SequenceDirectives } from './sequences.ts'

type Create = Pick<CreateOptions, 'ifNotExists'>
type CreateKept = Pick<CreateKeptOptions, 'ifNotExists' | 'keepRights'>

/** The directives for types. */
export abstract class TypeDirectives extends SequenceDirectives {
  createEnum(name: string, values: readonly string[], options: TypeOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createEnum', [name, values], options), own =>
        enumType(name, values, own),
      ),
    )
  }

  dropEnum(name: string, options: DropOptions<Declared<'enum'>> = {}): void {
    this.recorder.add(dropObject('enum', { name }, known('dropEnum', [name], options)))
  }

  addEnumValue(name: string, value: string, options: types.AddEnumValueOptions = {}): void {
    this.recorder.add(
      types.addEnumValue(name, value, known('addEnumValue', [name, value], options)),
    )
  }

  renameEnumValue(name: string, value: string, newValue: string, options: InSchema = {}): void {
    this.recorder.add(
      types.renameEnumValue(
        name,
        value,
        newValue,
        known('renameEnumValue', [name, value, newValue], options),
      ),
    )
  }

  /** Gives an enum another list of values by building a new type and moving its columns. */
  replaceEnumValues(
    name: string,
    values: readonly string[],
    options: types.ReplaceEnumValuesOptions,
  ): void {
    this.recorder.add(
      types.replaceEnumValues(name, values, known('replaceEnumValues', [name, values], options)),
    )
  }

  createDomain(
    name: string,
    base: AnyColumn | string,
    options: DomainOptions & CreateKept = {},
  ): void {
    this.recorder.add(
      createObject(known('createDomain', [name, base], options), own =>
        domain(name, base as string, own),
      ),
    )
  }

  dropDomain(name: string, options: DropKeptOptions<Declared<'domain'>> = {}): void {
    this.recorder.add(dropObject('domain', { name }, known('dropDomain', [name], options)))
  }

  createCompositeType(
    name: string,
    attributes: ColumnRecord,
    options: TypeOptions & CreateKept = {},
  ): void {
    this.recorder.add(
      createObject(known('createCompositeType', [name, attributes], options), own =>
        compositeType(name, attributes, own),
      ),
    )
  }

  dropCompositeType(name: string, options: DropKeptOptions<Declared<'compositeType'>> = {}): void {
    this.recorder.add(
      dropObject('compositeType', { name }, known('dropCompositeType', [name], options)),
    )
  }

  createRangeType(
    name: string,
    subtype: AnyColumn | string,
    options: RangeTypeOptions & CreateKept = {},
  ): void {
    this.recorder.add(
      createObject(known('createRangeType', [name, subtype], options), own =>
        rangeType(name, subtype, own),
      ),
    )
  }

  dropRangeType(name: string, options: DropKeptOptions<Declared<'rangeType'>> = {}): void {
    this.recorder.add(dropObject('rangeType', { name }, known('dropRangeType', [name], options)))
  }

  createCollation(name: string, properties: Parameters, options: TypeOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createCollation', [name, properties], options), own =>
        collation(name, properties, own),
      ),
    )
  }

  dropCollation(name: string, options: DropOptions<Declared<'collation'>> = {}): void {
    this.recorder.add(dropObject('collation', { name }, known('dropCollation', [name], options)))
  }
}
