import {
  failureResponse,
  objectEventFrame,
  type ParsedRequest,
  parseRequest,
  successResponse,
} from '@cordboard/agent-protocol';
import { answerResult, type Bus, type BusMessage, HEADERS, subjects } from '@cordboard/bus';
import { createMemoryStore, createVault, openingHead } from '@cordboard/event-store';
import { type JsonObject } from '@cordboard/kernel';

/** A message to the owner, as it came. */
export interface HeardCommand {
  readonly command: string;
  /** Null for messages that are no requests of a browser. */
  readonly request: ParsedRequest | null;
  readonly headers: BusMessage['headers'];
  readonly body: string;
}

/**
 * The owner of one session of agent 1001 of tenant `demo`, as far as an edge can tell: a real log that seals, real frames,
 * bindings, and answers by script (`onCommand`, `onPrepare`; success when nothing else is set). It keeps what it
 * heard.
 */
export const scriptedOwner = (bus: Bus, session: string) => {
  const store = createMemoryStore();
  const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 7) });
  const keyring = vault.keyring(session, 'demo', []);
  let head = openingHead(session, 'demo');
  const heard: HeardCommand[] = [];
  const owner = {
    store,
    vault,
    heard,
    holder: { binding: '', client: '' },
    wireSeq: () => head.wireSeq ?? 0,
    onCommand: (message: BusMessage, request: ParsedRequest): void =>
      answerResult(message, JSON.stringify(successResponse(request))),
    onPrepare: (message: BusMessage, request: ParsedRequest): void =>
      answerResult(message, JSON.stringify(successResponse(request, { session: { id: session } }))),
    /** Publishes an event without a wire form. */
    internal: (type: string, data: JsonObject): void => {
      const name = `internal_${type}`;
      bus.publish(
        subjects.event('demo', { session }, name),
        JSON.stringify({ type, target: session, data, sequence: 0 }),
      );
    },
    /** Records an event, internal without a name, and publishes it; `lost`: nobody hears of it. */
    emit: async (name: string | null, data: JsonObject, lost = false): Promise<void> => {
      const draft = {
        type: name === null ? 'CommandAccepted' : 'InteractionPreviewed',
        version: 1,
        target: session,
        at: Date.UTC(2026, 0, 1),
        name,
        data,
        personal: ['interactionData'],
        scope: 'I',
        subjects: [],
        meta: { actor: { kind: 'switch', id: 'sim-1' }, causation: 'switch:1', correlation: 'x' },
      } as const;
      const { record, keys, subjects: persons, head: next } = keyring.record(head, draft);
      head = next;
      const appended = await store.append({
        sessionId: session,
        records: [record],
        keys,
        subjects: persons,
        ...(record.seq === 1 ? { opens: { tenant: 'demo', processor: 'sim', agentId: '1001' } } : {}),
      });
      if (!appended.ok) throw new Error(`not recorded: ${appended.error.kind}`);
      if (name === null || lost) return;
      const { seq: sequence, at, meta } = record;
      const frame = objectEventFrame({
        target: session,
        name,
        data,
        sequence,
        previous: meta.previous ?? null,
        at,
      });
      bus.publish(subjects.event('demo', { session }, name), frame);
    },
  };
  const bind = (message: BusMessage, request: ParsedRequest): void => {
    if (message.headers[HEADERS.actor] !== 'agent:1001')
      return answerResult(message, JSON.stringify(failureResponse(request, { code: 'FORBIDDEN' })));
    owner.holder = { binding: message.headers[HEADERS.binding] ?? '', client: request.data.client as string };
    owner.internal('ClientBound', owner.holder);
    const sequence = owner.wireSeq();
    const resumed = request.data.afterSequence !== undefined;
    const data = resumed
      ? { mode: 'resumed', sequence, started: true }
      : { mode: 'reset', sequence, started: true, snapshot: { sequence, events: [] } };
    answerResult(message, JSON.stringify(successResponse(request, data)));
  };
  const hear = (message: BusMessage): void => {
    const command = message.address?.kind === 'command' ? message.address.command : 'prepareSession';
    const parsed = parseRequest(message.body);
    const request = parsed.ok ? parsed.value : null;
    heard.push({ command, request, headers: message.headers, body: message.body });
    if (command === 'renewBinding') {
      const bound = message.headers[HEADERS.binding] === owner.holder.binding;
      return answerResult(message, JSON.stringify({ bound, sequence: head.wireSeq }));
    }
    if (request === null) return;
    if (command === 'bindSession') return bind(message, request);
    if (command === 'prepareSession') return owner.onPrepare(message, request);
    owner.onCommand(message, request);
  };
  bus.subscribe(subjects.commandsOf('demo', session), hear);
  bus.subscribe(subjects.prepare('demo'), hear);
  return owner;
};

export type ScriptedOwner = ReturnType<typeof scriptedOwner>;
