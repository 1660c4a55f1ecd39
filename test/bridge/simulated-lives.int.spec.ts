import { createAdapterPeer, natsLink } from '@cordboard/adapter-sdk';
import { HEADERS, subjects } from '@cordboard/bus';
import { EMPTY_HOUSE } from '@cordboard/domain';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { createLogger } from '@cordboard/runtime';
import { PHONE_ACTIONS, phoneOperation } from '@cordboard/switch-sim';
import { office, sequentialIds } from '@cordboard/testing';
import { walkRuns } from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { createAddressBookFeed } from '../../apps/cti-simulator/src/address-book-feed.ts';
import { SwitchDriver } from '../../apps/cti-simulator/src/switch-driver.ts';
import { createSwitchHandlers } from '../../apps/cti-simulator/src/switch-handlers.ts';
import { reportEvent } from '../../apps/cti-simulator/src/switch-reports.ts';

const PROCESSOR = 'sw';
const AGENT = '1001';
const CALLER = { from: '+12025550123', name: 'Example Caller' };

const WRAP_UP = { wrapUpMs: 8_000, dispositionRequired: false };
const HOUSE = { ...EMPTY_HOUSE, queues: { 7000: WRAP_UP, 7001: WRAP_UP } };

type Office = ReturnType<typeof office>;

interface Joined {
  readonly driver: SwitchDriver;
  /** The adapter knows no session any more and is away for so long; the switch goes on. */
  readonly restart: (awayMs: number) => void;
}

/** The simulated switch in the time of the office, joined by its adapter. */
const switchIn = ({ clock, desk }: Office): Joined => {
  const driver = new SwitchDriver(clock, sequentialIds());
  const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
  const where = { tenant: 'demo', processor: PROCESSOR, instance: 'sw-1' };
  let lives = 0;
  const begin = () => {
    const books = createAddressBookFeed(
      clock,
      () => driver.state,
      (at, listed) => peer.report.addressBook(at, listed),
    );
    const handlers = createSwitchHandlers(driver, books);
    const peer = createAdapterPeer({ processor: PROCESSOR, handlers, clock, logger });
    const link = natsLink({
      bus: desk,
      clock,
      ids: sequentialIds(),
      ...where,
      incarnation: `run-${String((lives += 1))}`,
      logger,
    })(peer);
    link.start();
    return { peer, link };
  };
  let life: ReturnType<typeof begin> | null = begin();
  driver.onEvent((event) => {
    if (life !== null) reportEvent(life.peer.report, driver.state, event);
  });
  return {
    driver,
    restart: (awayMs) => {
      if (life === null) return;
      life.link.lost('it restarts');
      life = null;
      clock.after(awayMs, () => (life = begin()));
    },
  };
};

const COMMANDS: Readonly<Record<string, readonly (readonly [string, JsonObject])[]>> = {
  channel: [
    ['channel.request.ready', {}],
    ['channel.request.notready', { reasoncode: '7' }],
    ['channel.request.notready', { reasoncode: 'acw' }],
    ['channel.request.dial', { destination: '+12025550199' }],
    ['channel.request.dial', { destination: '1002' }],
    ['channel.request.activate', {}],
    ['channel.request.deactivate', {}],
  ],
  interaction: [
    ['interaction.request.accept', {}],
    ['interaction.request.accept', {}],
    ['interaction.request.accept', {}],
    ['interaction.request.reject', {}],
    ['interaction.request.complete', {}],
    ['interaction.request.setinteractiondata', { key: 'order', value: '1' }],
    ['interaction.request.consult', { destination: '1003' }],
    ['interaction.request.consult', { destination: '+12025550177' }],
    ['interaction.request.alternate', {}],
    ['interaction.request.consulttransfer', {}],
    ['interaction.request.consultconference', {}],
  ],
  conversation: [
    ['conversation.request.release', {}],
    ['conversation.request.hold', {}],
    ['conversation.request.retrieve', {}],
    ['conversation.request.mute', {}],
    ['conversation.request.unmute', {}],
    ['conversation.request.blindtransfer', { destination: '+12025550188' }],
    ['conversation.request.blindconference', { destination: '+12025550188' }],
  ],
};

const pick = <Item>(items: readonly Item[], draw: number): Item | undefined => items[draw % items.length];

interface WireEvent {
  readonly name: string;
  readonly target: string;
  readonly data: Readonly<Record<string, Json>> & { readonly member?: { readonly number: string } };
}

/** The child that an event announces. */
const idIn = ({ data }: WireEvent, kind: string): string =>
  (data[kind] as { readonly id: string } | undefined)?.id ?? '';

/** What an event changes of the object that it is about. */
const changed = (one: JsonObject, { name, target, data }: WireEvent): JsonObject => {
  switch (name) {
    case 'state.updated':
      if ((one.state ?? null) !== (data.previousState ?? null))
        throw new Error(`${target} was not so before`);
      return { ...one, state: data.state, capabilities: data.capabilities };
    case 'channel.infochanged':
      return { ...one, info: data };
    case 'interaction.datachanged':
      return { ...one, data: data.interactionData };
    case 'conversation.member.added':
    case 'conversation.member.removed': {
      const number = data.member?.number ?? '';
      const others = ((one.members ?? []) as readonly string[]).filter((other) => other !== number);
      return { ...one, members: name.endsWith('added') ? [...others, number] : others };
    }
    default:
      return one;
  }
};

/** What a desktop makes of events, by path; one that does not fit what it knows is a fault. */
const desktop = (events: readonly JsonObject[]): ReadonlyMap<string, JsonObject> => {
  const objects = new Map<string, JsonObject>();
  for (const event of events as unknown as readonly WireEvent[]) {
    const { name, target } = event;
    const [kind = '', what] = name.split('.');
    if (kind === 'session') continue;
    if (what === 'created') {
      objects.set(`${target}.${idIn(event, kind)}`, { kind });
      continue;
    }
    const one = objects.get(target);
    if (one === undefined) throw new Error(`${name} for ${target}, which is not there`);
    if (what === 'disposed') objects.delete(target);
    else objects.set(target, changed(one, event));
  }
  return objects;
};

/** Paths of what the desktop knows of that kind. */
const known = ({ events }: Office, kind: string): readonly string[] =>
  [...desktop(events)].flatMap(([path, one]) => (one.kind === kind ? [path] : []));

/** The status of an agent on a channel that is not active is not shown. */
const seen = (objects: ReadonlyMap<string, JsonObject>) =>
  Object.fromEntries(
    [...objects].map(([path, one]) => [path, one.state === 'INACTIVE' ? { ...one, info: null } : one]),
  );

interface Draw {
  readonly kind: number;
  readonly what: number;
  readonly where: number;
}

const act = (all: Office, { driver, restart }: Joined, { kind, what, where }: Draw): void => {
  if (kind < 3) {
    const to = pick([AGENT, '7000', '7001', '1002'], what) ?? AGENT;
    driver.apply({ kind: 'place-call', to, ...CALLER, data: {} });
  } else if (kind < 5) {
    driver.apply({
      kind: 'place-contact',
      type: pick(['CHAT', 'EMAIL'] as const, what) ?? 'CHAT',
      to: AGENT,
      ...CALLER,
      data: {},
    });
  } else if (kind < 10) {
    const agent = pick([AGENT, AGENT, '1002', '1003'], where) ?? AGENT;
    const action = pick(PHONE_ACTIONS, what) ?? 'answer';
    const found = phoneOperation(driver.state, {
      agent,
      action,
      destination: '1003',
      digits: '1',
      number: '1003',
    });
    if (found.ok) driver.apply(found.value);
  } else if (kind < 11) driver.apply({ kind: 'clear-calls' });
  else if (kind < 12) restart([1, 2_000, 9_000][where % 3] ?? 1);
  else {
    const name = pick(['channel', 'interaction', 'interaction', 'conversation'], kind) ?? 'channel';
    const path = pick(known(all, name), where);
    const command = pick(COMMANDS[name] ?? [], what);
    if (path !== undefined && command !== undefined)
      void all.send(command[0], path, command[1], { actor: `agent:${AGENT}` });
  }
};

/** The life of one session, from its start to 20 s after the last of these. */
const live = async (all: Office, joined: Joined, draws: readonly Draw[]): Promise<string> => {
  const actor = `agent:${AGENT}`;
  const { session } = await all.start({}, { agent: AGENT, processor: PROCESSOR });
  for (const channel of known(all, 'channel')) {
    await all.send('channel.request.activate', channel, {}, { actor });
    await all.send('channel.request.ready', channel, {}, { actor });
  }
  for (const draw of draws) {
    all.desk.publish(subjects.command('demo', { session }, 'renewBinding'), '{}', {
      [HEADERS.actor]: actor,
      [HEADERS.binding]: 'b1',
    });
    act(all, joined, draw);
    await all.pass((draw.where % 4) * 1_500);
  }
  await all.pass(20_000);
  return session;
};

const check = async (all: Office, session: string): Promise<void> => {
  const surprises = all
    .stream(session)
    .filter(({ type, data }) => type === 'Reconciled' && data.cause === 'timer');
  expect(surprises).toEqual([]);
  if (all.types(session).at(-1) === 'SessionClosed') return;
  const told = all.events.filter(({ target }) => (target as string).startsWith(session));
  const by = { binding: 'b2', actor: `agent:${AGENT}` };
  const bound = await all.send('bindSession', session, { client: 'tab' }, by);
  const { events } = (bound.data as { snapshot: { events: JsonObject[] } }).snapshot;
  expect(seen(desktop(told))).toEqual(seen(desktop(events)));
};

const life = async (draws: readonly Draw[]): Promise<void> => {
  const all = office();
  const joined = switchIn(all);
  const place = await all.hire('w1', { reconcileMs: 2_000, house: () => HOUSE });
  place.bus.subscribe(subjects.ctiHellos(), place.worker.onHello);
  all.adapter.leave();
  await all.pass(6_000);
  try {
    await check(all, await live(all, joined, draws));
  } finally {
    joined.driver.stop();
    await place.worker.stop();
  }
};

const draws = fc.array(fc.record({ kind: fc.nat(24), what: fc.nat(999), where: fc.nat(999) }), {
  minLength: 30,
  maxLength: 60,
  size: 'max',
});

describe('an agent at the simulated switch, whose adapter restarts now and then', () => {
  it('sees what there is, and a comparison on the timer never finds what nobody has told', async () => {
    await fc.assert(fc.asyncProperty(draws, life), walkRuns(20));
  }, 600_000);
});
