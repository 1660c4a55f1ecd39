import fc from 'fast-check';
import { putAgent } from './lists/put-agent.ts';
import { putCall, putContact } from './lists/put.ts';
import {
  agentOf,
  agentsOf,
  type Call,
  callOf,
  callsOf,
  contactsOf,
  initialSwitch,
  isLive,
  lineOf,
  nextTimerAt,
  openWorks,
  statusOf,
  switchDecider,
  type SwitchEvent,
  type SwitchInput,
  type SwitchState,
  type Work,
} from './index.ts';

/** One step of a walk: what to try, for whom, after how long. */
interface Step {
  readonly what: (typeof KINDS)[number];
  readonly agent: number;
  readonly number: number;
  readonly pick: number;
  readonly pause: number;
}

const OFTEN = [
  'ready',
  'ready',
  'place',
  'place-queue',
  'accept',
  'accept',
  'accept',
  'consult',
  'consult',
  'consult-conference',
  'place-contact',
] as const;
const AT_WORK = [
  'accept',
  'reject',
  'complete',
  'alternate',
  'consult-transfer',
  'consult-conference',
] as const;
const AT_LEG = ['hold', 'retrieve', 'mute', 'release'] as const;
const AT_AGENT = ['log-in', 'activate', 'deactivate', 'log-out', 'take-over', 'free'] as const;
const OUTSIDE = ['outside-answers', 'outside-hangs-up'] as const;
const KINDS = [
  ...OFTEN,
  ...AT_WORK,
  ...AT_WORK,
  ...AT_LEG,
  ...AT_AGENT,
  ...OUTSIDE,
  'not-ready',
  'dial',
  'transfer',
  'conference',
  'remove-party',
  'set-data',
  'open-group',
  'customer-leaves',
  'set-patience',
  'restart',
  'tick',
] as const;
const AGENTS = ['1001', '1002', '1003', '1004'];
const OUTSIDERS = ['5550100', '5550101', '5550102', '5550103', '5550104', '5550106'];
const NUMBERS = [...OUTSIDERS, ...AGENTS, '7000', '7001', '7002'];
const QUEUES = ['7000', '7001', '7002'];
const TYPES = ['CHAT', 'EMAIL', 'CALLBACK'];
const START = Date.UTC(2026, 0, 1);

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(...KINDS),
    agent: fc.nat({ max: AGENTS.length - 1 }),
    number: fc.nat({ max: NUMBERS.length - 1 }),
    pick: fc.nat({ max: 5 }),
    pause: fc.constantFrom(0, 0, 0, 300, 1_000, 2_000, 11_000),
  }),
  { minLength: 80, maxLength: 160 },
);

/** The usual walks are always the same; WALKS asks for as many new ones. */
const walks = (usual: number): { readonly numRuns: number; readonly seed?: number } =>
  process.env.WALKS === undefined ? { numRuns: usual, seed: 1 } : { numRuns: Number(process.env.WALKS) };

const seedOf = (count: number): string =>
  `00000000-0000-7000-8000-${count.toString(16).padStart(8, '0')}0000`;

const pickOf = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  items[pick % Math.max(1, items.length)];

/** The open work of an agent, or the one before it; a leg of it; somebody on the call. */
const inHand = (state: SwitchState, agent: string, pick: number) => {
  const found = agentOf(state, agent);
  const open = found === undefined ? [] : openWorks(found);
  const work: Work | undefined = pickOf(open, pick) ?? found?.works.at(-1);
  const legs = [work?.primary, work?.consult].filter((leg) => leg !== null && leg !== undefined);
  const leg = pickOf(legs, pick);
  return { agent, work: work?.id ?? 'none', leg: leg?.id ?? 'none', parties: leg?.parties ?? [] };
};

const operationOf = (state: SwitchState, { what, agent: index, number, pick }: Step) => {
  const agent = AGENTS[index] ?? '1001';
  const destination = NUMBERS[number] ?? '5550100';
  const { work, leg, parties } = inHand(state, agent, pick);
  const channel = pickOf(Object.keys(agentOf(state, agent)?.channels ?? {}), pick) ?? agent;
  const call = pickOf(callsOf(state), number)?.id ?? 'none';
  const contact = pickOf(contactsOf(state), number)?.id ?? 'none';
  const from = `+1202555012${String(pick)}`;
  switch (what) {
    case 'place':
      return { kind: 'place-call', to: agent, from } as const;
    case 'place-queue':
      return { kind: 'place-call', to: pickOf(QUEUES, pick) ?? '7000', from } as const;
    case 'place-contact': {
      const type = pickOf(TYPES, pick) ?? 'CHAT';
      return { kind: what, type, to: number > 5 ? agent : '7000', from } as const;
    }
    case 'dial':
      return { kind: what, agent, destination } as const;
    case 'not-ready':
      return { kind: what, agent, channel, reasonCode: 'break' } as const;
    case 'open-group':
      return {
        kind: what,
        agent,
        group: 'TEAM',
        chat: pick > 1,
        email: pick > 2,
        callback: pick > 3,
      } as const;
    case 'consult':
      return { kind: what, agent, work, destination } as const;
    case 'set-data':
      return { kind: what, agent, work, key: `k${String(pick)}`, value: destination } as const;
    case 'transfer':
    case 'conference':
      return { kind: what, agent, leg, destination } as const;
    case 'remove-party':
      return { kind: what, agent, leg, number: pickOf(parties, pick)?.number ?? 'none' } as const;
    case 'accept':
    case 'reject':
    case 'complete':
    case 'alternate':
    case 'consult-transfer':
    case 'consult-conference':
      return { kind: what, agent, work } as const;
    case 'hold':
    case 'retrieve':
    case 'mute':
    case 'release':
      return { kind: what, agent, leg } as const;
    case 'outside-answers':
    case 'outside-hangs-up':
      return { kind: what, call } as const;
    case 'customer-leaves':
      return { kind: what, contact } as const;
    case 'activate':
    case 'ready':
    case 'deactivate':
    case 'take-over':
    case 'free':
      return { kind: what, agent, channel } as const;
    case 'log-in':
    case 'log-out':
      return { kind: what, agent } as const;
    case 'set-patience':
      return { kind: what, patience: { queueCallMs: 15_000 * (pick + 1) } } as const;
    case 'restart':
      return pick === 5 && number < 4 ? ({ kind: what } as const) : ({ kind: 'tick' } as const);
    case 'tick':
      return { kind: what } as const;
  }
};

const liveLegs = (state: SwitchState) =>
  agentsOf(state).flatMap(({ id, works }) =>
    works.flatMap((work) =>
      [work.primary, work.consult].filter(isLive).map((leg) => ({ agent: id, work, leg })),
    ),
  );

const sorted = (items: Iterable<string>): string => [...items].sort().join();

/** What every agent on a call knows of it. */
const legProblems = (state: SwitchState): readonly string[] =>
  liveLegs(state).flatMap(({ agent, leg }) => {
    const call = callOf(state, leg.call);
    const others = (call?.members ?? []).filter(({ number }) => number !== agent);
    const there = others.filter(({ invited }) => invited === null).map(({ number }) => number);
    const known = leg.parties.map(({ number }) => number);
    const agree = leg.media === 'DIALING' || sorted(known) === sorted(there);
    return agree ? [] : [`${agent} knows ${sorted(known)} where ${sorted(there)} are`];
  });

const callProblems = (state: SwitchState, call: Call): readonly string[] => {
  const { members, endedAt } = call;
  const numbers = members.map(({ number }) => number);
  const dead = members.some((member) => {
    const leg = member.kind === 'agent' ? lineOf(state, member.number, member.leg)?.leg : undefined;
    return member.kind === 'agent' && (leg === undefined || !isLive(leg) || leg.call !== call.id);
  });
  return [
    ...(new Set(numbers).size < numbers.length ? ['somebody is on a call twice'] : []),
    ...(endedAt !== null && members.length > 0 ? ['ended and alive'] : []),
    ...(endedAt === null && members.length < 2 ? ['alive and alone'] : []),
    ...(dead ? ['a member without a leg'] : []),
    ...(members.length > 8 ? ['too many members'] : []),
    ...(statusOf(call) === 'queued' && !members.some(({ kind }) => kind === 'queue')
      ? ['queued nowhere']
      : []),
  ];
};

const agentProblems = (state: SwitchState): readonly string[] =>
  agentsOf(state).flatMap((agent) => {
    const works = openWorks(agent);
    const phones = works.filter(({ type }) => type === 'TELEPHONY');
    const talking = phones.flatMap(({ primary, consult }) =>
      [primary, consult].filter((leg) => leg?.media === 'TALKING' || leg?.media === 'MUTE'),
    );
    const running = works.filter(({ state: now }) => now !== 'ENDED');
    const channels = Object.values(agent.channels);
    return [
      ...(phones.length > 1 ? ['two calls outside a consult'] : []),
      ...(talking.length > 1 ? ['talking on two legs'] : []),
      ...(works.filter(({ type }) => type === 'CHAT').length > 3 ? ['too many chats'] : []),
      ...(works.filter(({ type }) => type === 'EMAIL').length > 5 ? ['too many e-mails'] : []),
      ...(running.length > 0 && !agent.loggedIn ? ['work without a login'] : []),
      ...(channels.some(({ ready, active }) => ready && !active) ? ['ready where inactive'] : []),
      ...(works.some(({ channel }) => agent.channels[channel] === undefined) && agent.loggedIn
        ? ['work on a lost channel']
        : []),
    ];
  });

/** Every contact waits, is shown to one agent, is worked on, or ended; none is lost. */
const contactProblems = (state: SwitchState): readonly string[] =>
  contactsOf(state).flatMap(({ id, status, offered }) => {
    const work = agentOf(state, offered?.agent ?? '')?.works.find((one) => one.id === offered?.work);
    const wanted = { alerting: 'ALERTING', started: 'STARTED', queued: undefined, ended: undefined }[status];
    return work?.state === wanted ? [] : [`${id} is ${status}, its work ${work?.state ?? 'missing'}`];
  });

/** What is wrong with a state, in words. */
const problems = (state: SwitchState): readonly string[] => {
  const byCalls = callsOf(state).flatMap(({ id, members }) =>
    members.flatMap((member) => (member.kind === 'agent' ? [`${id}/${member.leg}`] : [])),
  );
  const byAgents = liveLegs(state).map(({ leg }) => `${leg.call}/${leg.id}`);
  return [
    ...(sorted(byCalls) === sorted(byAgents) ? [] : ['agents and calls disagree']),
    ...legProblems(state),
    ...callsOf(state).flatMap((call) => callProblems(state, call)),
    ...agentProblems(state),
    ...contactProblems(state),
  ];
};

/** The sorted lists as text, those of idle agents by type. */
const listsInText = ({ idle, calls, contacts, due, askedAgain, live }: SwitchState['lists']): string => {
  const manned = Object.entries(idle).filter(([, list]) => list.length > 0);
  const byType = manned.toSorted(([one], [other]) => one.localeCompare(other));
  return JSON.stringify({ byType, calls, contacts, due, askedAgain, live });
};

/** Whether the sorted lists are what they would be if everything were put anew. */
const listProblems = (state: SwitchState): readonly string[] => {
  const withAgents = agentsOf(state).reduce(putAgent, initialSwitch({ roster: [] }));
  const withCalls = callsOf(state).reduce(putCall, withAgents);
  const { lists } = contactsOf(state).reduce(putContact, withCalls);
  return listsInText(lists) === listsInText(state.lists) ? [] : ['the lists do not fit'];
};

/** A switch that takes inputs one after the other. */
const running = (each: (state: SwitchState, input: SwitchInput) => void = () => undefined) => {
  let state = initialSwitch();
  const events: SwitchEvent[] = [];
  const apply = (input: SwitchInput): void => {
    const decided = switchDecider.decide(state, input);
    if (!decided.ok) return;
    state = decided.value.reduce(switchDecider.evolve, state);
    events.push(...decided.value);
    each(state, input);
  };
  return { apply, state: () => state, events };
};

const manAll = ({ apply, state }: ReturnType<typeof running>, at: number): void =>
  AGENTS.forEach((agent, index) => {
    const seed = seedOf(50_000 + index);
    apply({ kind: 'log-in', agent, at, seed });
    apply({ kind: 'open-group', agent, group: 'TEAM', chat: true, email: true, callback: true, at, seed });
    for (const channel of Object.keys(agentOf(state(), agent)?.channels ?? {})) {
      apply({ kind: 'activate', agent, channel, at, seed });
      apply({ kind: 'ready', agent, channel, at, seed });
    }
  });

/** Takes all steps of a plan; `after` is what then comes. */
const walk = (
  plan: readonly Step[],
  each?: (state: SwitchState, input: SwitchInput) => void,
  after: 'clear-calls' | 'time passes' = 'clear-calls',
) => {
  const run = running(each);
  let at = START;
  manAll(run, at);
  plan.forEach((step, index) => {
    at += step.pause;
    run.apply({ kind: 'tick', at, seed: seedOf(2 * index) });
    const operation = operationOf(run.state(), step);
    run.apply({ ...operation, at, seed: seedOf(2 * index + 1) });
    if (operation.kind === 'restart') manAll(run, at);
  });
  if (after === 'clear-calls') run.apply({ kind: after, at, seed: seedOf(60_000) });
  else
    for (let due = nextTimerAt(run.state(), at), turn = 0; due !== null; due = nextTimerAt(run.state(), at)) {
      if ((turn += 1) > 1_000) throw new Error('there is always something due');
      at = Math.max(at, due);
      run.apply({ kind: 'tick', at, seed: seedOf(70_000 + turn) });
    }
  return { state: run.state(), events: run.events };
};

/** What alerts for ever, or waits although somebody could take it. */
const stuck = (state: SwitchState): readonly string[] => [
  ...agentsOf(state).flatMap(({ id, works }) =>
    works.filter((work) => work.state === 'ALERTING').map((work) => `${id} is shown ${work.id}`),
  ),
  ...state.lists.due.map(({ id }) => `${id} is due`),
  ...state.lists.calls
    .filter(({ queue }) => queue !== '7002' && (state.lists.idle['TELEPHONY'] ?? []).length > 0)
    .filter(({ call }) => {
      const numbers = callOf(state, call)?.members.map(({ number }) => number) ?? [];
      return state.lists.idle['TELEPHONY']?.some(({ agent }) => !numbers.includes(agent));
    })
    .map(({ call }) => `${call} waits for nothing`),
];

/** A restart loses everything, so nothing of before is heard of again. */
const sinceRestart = (events: readonly SwitchEvent[]): readonly SwitchEvent[] =>
  events.slice(events.findLastIndex(({ type }) => type === 'SwitchRestarted') + 1);

describe('a walk through the switch', () => {
  it('is the same again with the same inputs', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        expect(walk(plan).events).toEqual(walk(plan).events);
      }),
      walks(10),
    );
  });

  it('leaves nothing stuck once enough time has passed', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        expect(stuck(walk(plan, undefined, 'time passes').state)).toEqual([]);
      }),
      walks(20),
    );
  });

  it('keeps agents, calls and contacts in agreement after every step', () => {
    const check = (state: SwitchState, { kind }: SwitchInput): void => {
      const found = problems(state);
      if (found.length > 0) throw new Error(`${kind}: ${found.join('; ')}`);
    };
    fc.assert(
      fc.property(steps, (plan) => void walk(plan, check)),
      walks(20),
    );
  });

  it('keeps sorted lists that fit what there is', () => {
    const check = (state: SwitchState, { kind }: SwitchInput): void => {
      const found = listProblems(state);
      if (found.length > 0) throw new Error(`${kind}: ${found.join('; ')}`);
    };
    fc.assert(
      fc.property(steps, (plan) => void walk(plan, check)),
      walks(4),
    );
  });

  it('ends every call exactly once', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const { events } = walk(plan);
        const idsOf = (type: SwitchEvent['type']): readonly string[] =>
          sinceRestart(events).flatMap((event) =>
            event.type === type && 'call' in event ? [event.call] : [],
          );
        expect(sorted(idsOf('CallEnded'))).toEqual(sorted(idsOf('CallPlaced')));
      }),
      walks(20),
    );
  });

  it('ends every leg exactly once, and never speaks of it again', () => {
    const over = ['LegEnded', 'LegBusy', 'LegFailed'];
    fc.assert(
      fc.property(steps, (plan) => {
        const events = sinceRestart(walk(plan).events);
        const legs = events.flatMap((event) => {
          if (event.type === 'ConsultOffered') return [event.leg];
          return event.type === 'WorkOffered' && event.offered.primary !== null ? [event.work] : [];
        });
        expect(new Set(legs).size).toBe(legs.length);
        for (const leg of legs) {
          const types = events.filter((event) => 'leg' in event && event.leg === leg).map(({ type }) => type);
          expect(types.filter((type) => over.includes(type))).toHaveLength(1);
          expect(over).toContain(types.at(-1));
        }
      }),
      walks(20),
    );
  });

  it('says busy and free in turns on every channel, as its work comes and goes', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        let state = initialSwitch();
        for (const event of walk(plan).events) {
          state = switchDecider.evolve(state, event);
          if (event.type !== 'WorkOffered') continue;
          const agent = agentOf(state, event.agent);
          expect(agent && openWorks(agent, event.channel).length).toBeGreaterThan(0);
        }
        expect(state).toEqual(walk(plan).state);
      }),
      walks(10),
    );
  });

  it('fires timers in the order of their time', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const times = walk(plan).events.flatMap((event) =>
          event.type === 'CallAnswered' || event.type === 'CallEnded' ? [event.at] : [],
        );
        expect(times).toEqual([...times].sort((one, other) => one - other));
      }),
      walks(20),
    );
  });

  it('reaches what it is about', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(steps, (plan) => walk(plan).events.forEach(({ type }) => seen.add(type))),
      { seed: 2, numRuns: 60 },
    );
    const expected: readonly SwitchEvent['type'][] = [
      'LegTalking',
      'LegHeld',
      'LegBusy',
      'LegFailed',
      'CallRequeued',
      'WorkCompleted',
      'AgentLoggedOut',
      'ConsultOffered',
      'CallsMerged',
      'PartyRemoved',
      'TransferFailed',
      'ConferenceFailed',
      'CallLeftAlone',
      'ContactRequeued',
      'ContactEnded',
      'DataChanged',
      'ChannelTaken',
      'SwitchRestarted',
    ];
    expect(expected.filter((type) => !seen.has(type))).toEqual([]);
  });
});
