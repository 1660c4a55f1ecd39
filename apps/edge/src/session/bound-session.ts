import { objectEventFrame, type ServiceRequest } from '@cordboard/agent-protocol';
import { type BusMessage, type DeliverError } from '@cordboard/bus';
import { type JsonObject, type Result, type Target } from '@cordboard/kernel';
import { type EdgePorts } from '../edge-ports.ts';
import { EventRelay } from '../stream/event-relay.ts';
import { type Hearing } from '../stream/heard-sessions.ts';
import { type LiveEvent } from '../stream/live-event.ts';
import { missedFrames } from '../stream/missed-frames.ts';
import { type Frame } from '../stream/splice.ts';
import { textOf } from '../text-of.ts';
import { readBindGrant, readRenewal } from './owner-answers.ts';
import { createSessionLine, type SessionLine, type Speaker } from './session-line.ts';

/** Why a socket has its session no more. */
export type Parting = 'same-client' | 'taken-over' | 'lapsed' | 'overridden' | 'ended' | 'stream-broken';

export interface BoundSessionHooks {
  readonly send: (text: string) => void;
  /** Called at most once; nothing is sent after it but what the receiver sends. */
  readonly onParting: (parting: Parting) => void;
}

const COMMAND_TIMEOUT_MS = 150_000;
const RENEW_MS = 5_000;
const RENEW_TIMEOUT_MS = 4_500;
const REPAIR_PAGE = 500;

interface Resumption {
  readonly after: number;
  readonly missed: readonly Frame[];
}

/**
 * One socket's hold on one session: hears it from the first moment, binds, renews, resumes, forwards what the
 * owner publishes and notices when another socket took over. Made for one bind and thrown away after it.
 */
export class BoundSession {
  readonly #line: SessionLine;
  readonly #relay: EventRelay;
  readonly #hearing: Hearing;
  #resumption: Resumption = { after: 0, missed: [] };
  /** Client of a binding that came after ours, as far as was heard. */
  #holder: string | null = null;
  #released = false;
  #stopped = false;
  #cancelRenewal: () => void = () => undefined;

  constructor(
    private readonly ports: EdgePorts,
    private readonly speaker: Speaker & { readonly client: string },
    private readonly hooks: BoundSessionHooks,
  ) {
    const { tenant, session } = speaker;
    this.#line = createSessionLine(ports, speaker);
    this.#relay = new EventRelay({
      clock: ports.clock,
      read: (after) => ports.history({ tenant, session, after, limit: REPAIR_PAGE }),
      send: hooks.send,
      onRepair: () => ports.count('stream_repairs'),
      onBroken: () => this.#part('stream-broken'),
    });
    this.#hearing = ports.heard.hear(tenant, session, (event) => this.#hear(event));
  }

  get session(): string {
    return this.speaker.session;
  }

  /** Sequence of the last object event that the browser was sent. */
  get last(): number {
    return this.#relay.last;
  }

  /** Binds. A granted answer is to be sent first, then `release` lets the events out. */
  async bind(
    request: ServiceRequest,
  ): Promise<Result<{ readonly text: string; readonly granted: boolean }, DeliverError>> {
    const answer = await this.#askBind(request, request.data);
    if (!answer.ok) return answer;
    const text = answer.value.body;
    const grant = readBindGrant(text);
    if (grant === null) return { ok: true, value: { text, granted: false } };
    this.#resumption = { after: grant.sequence, missed: [] };
    if (request.data['afterSequence'] === undefined) return { ok: true, value: { text, granted: true } };
    if (grant.mode === 'resumed' && (await this.#resume(request, grant.sequence)))
      return { ok: true, value: { text, granted: true } };
    this.ports.resumed('reset');
    return grant.mode === 'reset' ? { ok: true, value: { text, granted: true } } : this.#reset(request);
  }

  /** The answer to the bind is out: what the browser missed follows, then everything live. */
  release(): void {
    if (this.#stopped) return;
    const { after, missed } = this.#resumption;
    this.#resumption = { after, missed: [] };
    this.#released = true;
    this.#hearing.keep();
    this.#relay.release(after, missed);
    this.#planRenewal();
    if (this.#holder !== null) void this.#renew();
  }

  command(target: Target, command: string, body: string): Promise<Result<BusMessage, DeliverError>> {
    return this.#line.ask(target, command, body, COMMAND_TIMEOUT_MS);
  }

  /** Lets go. With `unbind` the owner hears of it; without, the hold lapses after 15 s unless it is renewed elsewhere. */
  stop({ unbind }: { readonly unbind: boolean }): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#cancelRenewal();
    this.#relay.stop();
    this.#hearing.stop();
    if (unbind) this.#line.tell('unbindSession');
  }

  /** Tells the browser that another client has its session now. */
  sayUnbound(): void {
    const { last: sequence } = this.#relay;
    this.hooks.send(
      objectEventFrame({
        target: this.session,
        name: 'session.unbound',
        data: {},
        sequence,
        previous: sequence,
        at: this.ports.clock.now(),
      }),
    );
  }

  #askBind(
    { original, requestId }: ServiceRequest,
    data: JsonObject,
  ): Promise<Result<BusMessage, DeliverError>> {
    const body = JSON.stringify({ ...original, requestId, data });
    return this.#line.ask({ session: this.session }, 'bindSession', body, COMMAND_TIMEOUT_MS);
  }

  async #resume(request: ServiceRequest, upTo: number): Promise<boolean> {
    const { tenant, session } = this.speaker;
    const after = Number(request.data['afterSequence']);
    const missed = await missedFrames({
      after,
      upTo,
      ring: this.#hearing.ring,
      read: (from, to) => this.ports.history({ tenant, session, after: from, upTo: to }),
    });
    if (missed === null) return false;
    this.#resumption = { after, missed: missed.frames };
    this.ports.resumed(missed.from);
    return true;
  }

  /** The same bind without a cursor: the owner gives a snapshot instead. */
  async #reset(request: ServiceRequest): ReturnType<BoundSession['bind']> {
    const { afterSequence: _cursor, ...data } = request.data;
    const answer = await this.#askBind(request, data);
    if (!answer.ok) return answer;
    const text = answer.value.body;
    const grant = readBindGrant(text);
    this.#resumption = { after: grant?.sequence ?? 0, missed: [] };
    return { ok: true, value: { text, granted: grant !== null } };
  }

  #hear(event: LiveEvent): void {
    if (this.#stopped) return;
    if (event.kind === 'object') return this.#relay.offer(event.frame);
    const { binding, client, reason } = event.data;
    if (event.type === 'SessionClosed') this.#part(reason === 'overridden' ? 'overridden' : 'ended');
    const foreign = event.type === 'ClientBound' && binding !== this.speaker.binding;
    const own = event.type === 'ClientUnbound' && binding === this.speaker.binding;
    if (foreign) this.#holder = textOf(client);
    // The owner knows who came last; an old message that came late must not end a good hold.
    if ((foreign || own) && this.#released) void this.#renew();
  }

  #planRenewal(): void {
    if (this.#stopped) return;
    this.#cancelRenewal();
    this.#cancelRenewal = this.ports.clock.after(
      RENEW_MS,
      () => void this.#renew().then(() => this.#planRenewal()),
    );
  }

  async #renew(): Promise<void> {
    const answer = await this.#line.ask({ session: this.session }, 'renewBinding', '{}', RENEW_TIMEOUT_MS);
    if (!answer.ok || this.#stopped) return;
    const renewal = readRenewal(answer.value.body);
    if (renewal.kind === 'bound') {
      this.#holder = null;
      this.#relay.announce(renewal.sequence);
    }
    if (renewal.kind === 'session-ended') this.#part('ended');
    if (renewal.kind === 'unbound') this.#part(partingFrom(this.#holder, this.speaker.client));
  }

  #part(parting: Parting): void {
    if (this.#stopped) return;
    this.stop({ unbind: false });
    this.hooks.onParting(parting);
  }
}

const partingFrom = (holder: string | null, client: string): Parting => {
  if (holder === null) return 'lapsed';
  return holder === client ? 'same-client' : 'taken-over';
};
