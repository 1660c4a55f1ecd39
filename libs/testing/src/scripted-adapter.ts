import { type Bus, type BusMessage, deliver, HEADERS, type Subscription, subjects } from '@cordboard/bus';
import { type CtiMessage, parseCtiMessage } from '@cordboard/cti-protocol';
import { type Clock, type JsonObject, parseTarget, type ObjectKind } from '@cordboard/kernel';

/** What the adapter does with one kind of question: a body, a refusal, nothing at all, or `{}` after `LATE_MS`. */
export type Script = JsonObject | { readonly refuse: string } | 'silent' | 'late';

const LATE_MS = 500;
const STATUS_EVERY_MS = 1_000;

export interface ScriptedAdapter {
  /** Names of the questions heard, in order; probes carry a `?` behind the name. */
  readonly heard: string[];
  /** Changes how one kind of question is answered from now on. */
  readonly script: (name: string, script: Script) => void;
  /** What a probe is answered from now on: the recorded answer, `pending` or `never-seen`. */
  readonly onProbe: (answer: 'final' | 'pending' | 'never-seen') => void;
  /** Reports a switch event; settles with the owner's answer. `ctiSeq` defaults to the next number; `lost`: so many were dropped before it. */
  readonly report: (
    name: string,
    path: string,
    body?: JsonObject,
    ctiSeq?: number,
    lost?: number,
  ) => Promise<string>;
  /** Hears and says nothing more, as an adapter whose process is gone. */
  readonly leave: () => void;
  /** Says how it is, and from now on again each second, as every adapter does. */
  readonly status: (status?: string) => void;
  /** Answers, but does not say any more that it is there. */
  readonly fallSilent: () => void;
  /** Hears and says again what it did before it left. */
  readonly comeBack: () => void;
  /** Knows none of its sessions any more, and says nothing of it. */
  readonly forget: () => void;
  /** Starts anew: another incarnation, which knows none of its sessions. */
  readonly restart: () => void;
}

export interface ScriptedAdapterPorts {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly tenant?: string | undefined;
  readonly processor?: string | undefined;
  readonly instance?: string | undefined;
}

const ANSWERS: Readonly<Record<string, JsonObject>> = {
  'session.query.init': { 'channel-groups': [{ id: 'team', name: 'Team' }], channels: [] },
  'channelgroup.query.init': { channels: [{ 'end-point': '1001', type: 'TELEPHONY' }] },
  'channel.query.init': { 'channel-state': 'INACTIVE', interactions: [] },
  'interaction.query.init': {
    'interaction-state': 'ALERTING',
    'interaction-data': { ANI: '+12025550123' },
    conversations: { primary: { id: 'leg' } },
  },
  'conversation.query.init': {
    'conversation-state': 'RINGING',
    parties: [{ number: '+12025550123', name: 'Example Caller' }],
  },
};

const kindOf = (name: string): ObjectKind => name.split('.')[0] as ObjectKind;

/** An adapter that answers from a table, for specs of the engine; it speaks the real bridge messages. */
export const scriptedAdapter = (ports: ScriptedAdapterPorts): ScriptedAdapter => {
  const { bus, clock, tenant = 'demo', processor = 'sim', instance = 'sim-1' } = ports;
  const scripts = new Map<string, Script>(Object.entries(ANSWERS));
  const heard: string[] = [];
  /** The number of the last event of each session that it has. */
  const sessions = new Map<string, number>();
  let probes: 'final' | 'pending' | 'never-seen' = 'final';
  let incarnations = 1;
  let forgets = false;
  let stopStatus = (): void => undefined;
  let heardOn: readonly Subscription[] = [];

  const answer = ({ header }: CtiMessage, message: BusMessage): void => {
    const given = scripts.get(header.name) ?? {};
    if (given === 'silent') return;
    const script = given === 'late' ? {} : given;
    const refused = 'refuse' in script && typeof script.refuse === 'string' ? script.refuse : null;
    const outcome = refused === null ? { result: 'SUCCESS' } : { result: 'FAILURE', errorMessage: refused };
    const body = refused === null ? script : {};
    message.reply?.(JSON.stringify({ header: { ...header, type: 'cti.response', ...outcome }, body }), {
      [HEADERS.answer]: 'final',
    });
  };

  const hear = (message: BusMessage): void => {
    const parsed = parseCtiMessage(message.body);
    if (!parsed.ok) throw new Error(parsed.error);
    const probe = message.headers[HEADERS.probe] === 'true';
    const { header, body } = parsed.value.message;
    const { name } = header;
    heard.push(probe ? `${name}?` : name);
    const owned = !name.startsWith('cti.') || name === 'cti.request.createsession';
    if (owned && !(Number(message.headers[HEADERS.epoch]) >= 1)) throw new Error(`${name} without epoch`);
    if (name === 'cti.request.createsession') sessions.set(body.id as string, 0);
    else if (owned && isForgotten(message))
      return message.reply?.('', { [HEADERS.answer]: 'unknown-session' });
    if (probe && probes !== 'final') return message.reply?.('', { [HEADERS.answer]: probes });
    if (scripts.get(name) !== 'late') return answer(parsed.value.message, message);
    clock.after(LATE_MS, () => answer(parsed.value.message, message));
  };

  const isForgotten = ({ address }: BusMessage): boolean =>
    forgets && address?.kind === 'cti-request' && !sessions.has(address.target.session);

  const listen = (): void => {
    heardOn = [
      bus.subscribe(subjects.ctiRequestsTo(tenant, processor, instance), hear),
      bus.subscribe(subjects.ctiControl(tenant, processor, instance), hear),
    ];
  };

  const leave = (): void => {
    stopStatus();
    for (const subscription of heardOn) subscription.unsubscribe();
    heardOn = [];
  };

  const status = (said = 'STARTED'): void => {
    stopStatus();
    const header = { type: 'cti.event', name: 'cti.status', target: `${processor}.CONTROL` };
    const body = { status: said, instance, incarnation: `run-${incarnations}`, sessions: sessions.size };
    bus.publish(subjects.ctiStatus(tenant, processor), JSON.stringify({ header, body }));
    stopStatus = clock.after(STATUS_EVERY_MS, () => status(said));
  };

  const forget = (): void => {
    forgets = true;
    sessions.clear();
  };

  const comeBack = (): void => {
    listen();
    status();
  };

  const nextNumber = (session: string): number => {
    const next = (sessions.get(session) ?? 0) + 1;
    sessions.set(session, next);
    return next;
  };

  listen();
  return {
    heard,
    script: (name, script) => void scripts.set(name, script),
    onProbe: (to) => (probes = to),
    leave,
    status,
    fallSilent: () => stopStatus(),
    comeBack,
    forget,
    restart: () => {
      leave();
      incarnations += 1;
      forget();
      comeBack();
    },
    report: async (name, path, body = {}, ctiSeq, lost) => {
      const target = parseTarget(kindOf(name), path);
      if (!target.ok) throw new Error(`${path} is no target of ${name}`);
      const number = ctiSeq ?? nextNumber(target.value.session);
      const answered = await deliver(bus, {
        subject: subjects.ctiEvent(tenant, processor, target.value),
        claim: subjects.claim(tenant),
        body: JSON.stringify({ header: { type: 'cti.event', name, target: path }, body }),
        headers: {
          [HEADERS.ctiSeq]: String(number),
          [HEADERS.instance]: instance,
          [HEADERS.incarnation]: `run-${incarnations}`,
          ...(lost === undefined ? {} : { [HEADERS.lost]: String(lost) }),
        },
        clock,
        timeoutMs: 60_000,
      });
      return answered.ok ? answered.value.body : answered.error;
    },
  };
};
