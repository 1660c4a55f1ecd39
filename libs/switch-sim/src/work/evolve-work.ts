import { MAX_COMPLETED } from '../limits.ts';
import { putAgent } from '../lists/put-agent.ts';
import { agentOf, callOf, isLive } from '../lookup.ts';
import { type Agent, type Leg, type Party, type SwitchState, type Work } from '../model.ts';
import { type LegEvent, type SwitchEvent, type WorkEvent } from '../switch-event.ts';

const over = (work: Work): Work => ({
  ...work,
  script: false,
  state: work.accepted || work.direction === 'outbound' ? 'ENDED' : 'COMPLETED',
});

const started = (work: Work): Work =>
  work.accepted ? work : { ...work, state: 'STARTED', accepted: true, script: work.type !== 'CALLBACK' };

const inWork = (work: Work, event: WorkEvent): Work => {
  switch (event.type) {
    case 'WorkStarted':
      return started(work);
    case 'WorkEnded':
      return over(work);
    case 'WorkCompleted':
      return { ...work, state: 'COMPLETED', script: false };
    case 'DataChanged':
      return { ...work, data: { ...work.data, ...event.changes } };
    case 'DispositionSet':
      return { ...work, disposition: event.disposition };
    case 'ScriptSignalled':
      return event.ends ? { ...work, script: false } : work;
    case 'WorkOffered':
    case 'WorkAlerting':
      return work;
  }
};

const knowing = (parties: readonly Party[], party: Party): readonly Party[] =>
  parties.some(({ number }) => number === party.number)
    ? parties.map((known) => (known.number === party.number ? party : known))
    : [...parties, party];

const inLeg = (leg: Leg, event: LegEvent): Leg => {
  switch (event.type) {
    case 'LegTalking':
      return { ...leg, media: 'TALKING' };
    case 'LegHeld':
      return { ...leg, media: 'HELD' };
    case 'LegMuted':
      return { ...leg, media: 'MUTE' };
    case 'PartyAdded':
      return { ...leg, parties: knowing(leg.parties, event.party) };
    case 'PartyRemoved':
      return { ...leg, parties: leg.parties.filter(({ number }) => number !== event.number) };
    case 'LegBusy':
    case 'LegFailed':
    case 'LegEnded':
      return { ...leg, media: 'RELEASED' };
    default:
      return leg;
  }
};

const withLeg = (work: Work, event: LegEvent): Work => {
  if (event.type === 'ConsultOffered') return { ...work, consult: event.offered };
  const slot = work.consult?.id === event.leg ? 'consult' : 'primary';
  const leg = work[slot];
  if (leg === null) return work;
  const next = { ...work, [slot]: inLeg(leg, event) };
  if (event.type === 'LegTalking') return { ...started(next), active: slot };
  const gone = isLive(leg) && !isLive(next.primary) && !isLive(next.consult);
  return gone ? over(next) : next;
};

const moved = (leg: Leg | null, from: string, to: string): Leg | null =>
  leg !== null && isLive(leg) && leg.call === from ? { ...leg, call: to } : leg;

const withMoved = (agent: Agent, from: string, to: string): Agent => ({
  ...agent,
  works: agent.works.map((work) => ({
    ...work,
    primary: moved(work.primary, from, to),
    consult: moved(work.consult, from, to),
  })),
});

const forgetOldest = (works: readonly Work[]): readonly Work[] => {
  const completed = works.filter(({ state }) => state === 'COMPLETED');
  const oldest = completed.length > MAX_COMPLETED ? completed[0] : undefined;
  return oldest === undefined ? works : works.filter((work) => work !== oldest);
};

const withWorks = (state: SwitchState, agent: Agent, works: readonly Work[], made = 0): SwitchState => ({
  ...putAgent(state, { ...agent, works: forgetOldest(works) }),
  idsMade: state.idsMade + made,
});

/** All who are on the call that is given up have a leg there. */
const withMerged = (state: SwitchState, from: string, to: string): SwitchState =>
  (callOf(state, from)?.members ?? []).reduce((now, { kind, number }) => {
    const agent = kind === 'agent' ? agentOf(now, number) : undefined;
    return agent === undefined ? now : putAgent(now, withMoved(agent, from, to));
  }, state);

/** Folds an event into the work that it concerns. */
export const evolveWork = (state: SwitchState, event: SwitchEvent): SwitchState => {
  if (event.type === 'CallsMerged') return withMerged(state, event.from, event.call);
  if (!('work' in event)) return state;
  const agent = agentOf(state, event.agent);
  if (agent === undefined) return state;
  if (event.type === 'WorkOffered') return withWorks(state, agent, [...agent.works, event.offered], 1);
  const works = agent.works.map((work) => {
    if (work.id !== event.work) return work;
    return 'leg' in event ? withLeg(work, event) : inWork(work, event);
  });
  return withWorks(state, agent, works, event.type === 'ConsultOffered' ? 1 : 0);
};
