import { redact } from '../credentials/secrets.ts'
import { LimbeckError, messageOf } from '../errors.ts'
import type { Plan } from '../revisions/plan.ts'
import { version } from '../version.ts'
import type { RuntimeEvent } from './events.ts'
import type { MigrationSession } from './migration-session.ts'
import type { Attributes, OpenTelemetry, Span, Tracer } from './telemetry.ts'

/** OpenTelemetry's code for a span that failed. */
const failed = 2

/** A run as a span, with one inside it for each revision. */
export class RunSpans {
  readonly #api: OpenTelemetry
  readonly #tracer: Tracer
  readonly #name: string
  readonly #attributes: Attributes
  readonly #common: Attributes
  #context: unknown
  #revision: Span | undefined
  #statements = 0

  constructor(
    api: OpenTelemetry,
    session: MigrationSession,
    { steps, headsBefore, headsAfter }: Plan,
  ) {
    this.#api = api
    this.#tracer = api.trace.getTracer('limbeck', version)
    this.#name = `limbeck.${steps[0]?.direction ?? 'stamp'}`
    this.#common = databaseAttributes(session)
    this.#attributes = {
      ...this.#common,
      'limbeck.from': headsBefore,
      'limbeck.to': headsAfter,
      'limbeck.revisions': steps.length,
    }
  }

  /** Does the run in its span, which others made meanwhile become part of. */
  async around(run: () => Promise<void>): Promise<void> {
    const options = { attributes: this.#attributes }
    await this.#tracer.startActiveSpan(this.#name, options, async span => {
      this.#context = this.#api.trace.setSpan(this.#api.context.active(), span)
      try {
        await run()
      } catch (error) {
        for (const one of [this.#revision, span]) if (one !== undefined) fail(one, error)
        throw error
      } finally {
        this.#revision?.end()
        span.end()
      }
    })
  }

  /** Takes an event of the run. */
  see(event: RuntimeEvent, at: Date | undefined): void {
    if (event.type === 'step') this.#begin(event, at)
    else if (event.type === 'statement') this.#statements++
    else if (event.type === 'stepDone') this.#end(event.milliseconds, at)
  }

  #begin(
    { revision, direction, message }: Extract<RuntimeEvent, { type: 'step' }>,
    at: Date | undefined,
  ): void {
    // One that is still open was taken back, and begins anew.
    this.#revision?.end(at)
    this.#statements = 0
    const attributes = {
      ...this.#common,
      'limbeck.revision': revision,
      'limbeck.direction': direction,
      'limbeck.message': message,
    }
    const options = { attributes, startTime: at }
    this.#revision = this.#tracer.startSpan('limbeck.revision', options, this.#context)
  }

  #end(milliseconds: number, at: Date | undefined): void {
    this.#revision?.setAttributes({
      'limbeck.statements': this.#statements,
      'limbeck.milliseconds': milliseconds,
    })
    this.#revision?.end(at)
    this.#revision = undefined
  }
}

function fail(span: Span, error: unknown): void {
  const message = redact(messageOf(error))
  const name = error instanceof LimbeckError ? error.code : 'Error'
  const stack = error instanceof Error && error.stack ? redact(error.stack) : undefined
  span.recordException({ name, message, stack })
  span.setStatus({ code: failed, message })
}

/** As OpenTelemetry names what clients of databases say; a URL that is none, such as that of a folder, says nothing. */
function databaseAttributes({ dialect, database }: MigrationSession): Attributes {
  const system = { 'db.system.name': dialect.name }
  if (!URL.canParse(database)) return system
  const { hostname, port, pathname } = new URL(database)
  return {
    ...system,
    ...(pathname.length > 1 ? { 'db.namespace': decodeURIComponent(pathname.slice(1)) } : {}),
    ...(hostname === '' ? {} : { 'server.address': hostname }),
    ...(port === '' ? {} : { 'server.port': Number(port) }),
  }
}
