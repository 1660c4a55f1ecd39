import { formatTarget } from '@cordboard/kernel';
import {
  beginWalk,
  type Draw,
  inWords,
  type SessionScenario,
  sessionScenario,
  surveyWith,
  walkRuns,
  walkStep,
  walkWorld,
} from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { isSupported } from '../channel/channel.ts';
import { isConnected } from '../conversation/conversation.ts';
import { plannedIn } from '../interaction/interaction-state.ts';
import { knownChannel, knownConversation, knownInteraction } from '../objects.ts';
import { childrenOf } from '../placed.ts';
import { EMPTY_HOUSE } from '../house.ts';
import { type SwitchReading, type SwitchRequest } from '../switch-request.ts';
import { type SurveyPlan } from './survey-plan.ts';

type World = ReturnType<typeof walkWorld>;
type Reading<Of extends SwitchReading['of']> = Extract<SwitchReading, { of: Of }>;

const read = <Of extends SwitchReading['of']>(
  world: World,
  type: SwitchRequest['type'],
  nativeId: string,
): Reading<Of> => world({ type } as SwitchRequest, nativeId) as Reading<Of>;

/** The switch does what it is asked, and nothing else happens on it. */
const answerAll = (s: SessionScenario, world: World): void => {
  const nativeIdAt = (path: string): string => {
    const { groups, channels, interactions, conversations } = s.state();
    const nodes = [...groups, ...channels, ...interactions, ...conversations];
    return nodes.find((node) => node.path === path)?.nativeId ?? '';
  };
  for (let [next] = s.state().requests; next !== undefined; [next] = s.state().requests) {
    const path = Object.values(next.request.target).join('.');
    const reading = world(next.request, nativeIdAt(path));
    s.must({ kind: 'answer', requestId: next.requestId, answer: { ok: true, reading } });
  }
};

const sorted = (items: readonly string[]): readonly string[] => [...items].sort();

const checkLegs = (s: SessionScenario, world: World, path: string): void => {
  const legs = childrenOf(s.state().conversations, path);
  const interaction = knownInteraction(s.state(), path);
  if (interaction === undefined) throw new Error(`${path} is not all there`);
  const reading = read<'interaction'>(world, 'ReadInteraction', interaction.nativeId);
  const found = plannedIn(interaction.type, reading);
  expect(sorted(legs.map(({ nativeId }) => nativeId))).toEqual(sorted(found.map(({ nativeId }) => nativeId)));
  for (const { path: leg, nativeId } of legs) {
    const { state, members } = read<'conversation'>(world, 'ReadConversation', nativeId);
    const known = knownConversation(s.state(), leg);
    expect({
      state: known?.state,
      members: sorted(known?.members.map(({ number }) => number) ?? []),
    }).toEqual({ state, members: sorted(members.map(({ number }) => number)) });
  }
  const first = legs.find(({ role }) => role === 'primary');
  const talks =
    first !== undefined && isConnected(read<'conversation'>(world, 'ReadConversation', first.nativeId).state);
  const waits = reading.state === 'ALERTING' || reading.state === 'DIALING';
  expect({ state: interaction.state, data: interaction.data }).toEqual({
    state: talks && waits ? 'STARTED' : reading.state,
    data: reading.data,
  });
};

const checkChannel = (s: SessionScenario, world: World, path: string): void => {
  const channel = knownChannel(s.state(), path);
  if (channel === undefined) throw new Error(`${path} is not all there`);
  const { state, agent, interactions } = read<'channel'>(world, 'ReadChannel', channel.nativeId);
  expect(channel.state).toBe(state);
  if (!isSupported(channel)) return;
  if (state === 'ACTIVE' && agent !== null)
    expect(channel.agent.status.replace('busy_', '')).toBe(agent.status);
  const known = childrenOf(s.state().interactions, path);
  // What is completed there, or has ended there and was never taken, is let go of here.
  const must = interactions.filter(({ nativeId }) => {
    const found = read<'interaction'>(world, 'ReadInteraction', nativeId);
    return found.state !== 'ENDED' && found.state !== 'COMPLETED';
  });
  const names = known.map(({ nativeId }) => nativeId);
  expect(names).toEqual(expect.arrayContaining(must.map(({ nativeId }) => nativeId)));
  expect(interactions.map(({ nativeId }) => nativeId)).toEqual(expect.arrayContaining(names));
  known.forEach((one) => checkLegs(s, world, one.path));
};

const checkWorld = (s: SessionScenario, world: World): void => {
  const { groups, channels } = s.state();
  for (const group of groups) {
    const there = read<'channelgroup'>(world, 'ReadChannelGroup', group.nativeId).channels;
    const here = childrenOf(channels, group.path);
    expect(sorted(here.map(({ nativeId }) => nativeId))).toEqual(
      sorted(there.map(({ nativeId }) => nativeId)),
    );
  }
  channels.forEach(({ path }) => checkChannel(s, world, path));
};

type Look = (plan: SurveyPlan) => SwitchReading;

const lookAt =
  (world: World): Look =>
  ({ nativeId, read: asked }) =>
    world(asked, nativeId);

/** The same switch, which has forgotten what it was asked to let go of. */
const forgetful =
  (s: SessionScenario, world: World): Look =>
  (plan) => {
    const reading = lookAt(world)(plan);
    if (reading.of !== 'channel') return reading;
    const here = childrenOf(s.state().interactions, formatTarget(plan.target));
    const known = new Set(here.map((one) => one.nativeId));
    return { ...reading, interactions: reading.interactions.filter((one) => known.has(one.nativeId)) };
  };

const survey = (s: SessionScenario, look: Look, cause: 'timer' | 'adapter-restarted') =>
  s.must({ kind: 'surveyed', cause, findings: surveyWith(s.state(), EMPTY_HOUSE, look) });

/** Brings a session that has been through anything to where it can lose its adapter; false where there is none. */
const loses = (s: SessionScenario): boolean => {
  const { phase, link } = s.state();
  if (phase !== 'INITIALIZING' && phase !== 'STARTED') return false;
  if (link === 'up') s.lose();
  return true;
};

const life = (draws: readonly Draw[], seed: number): void => {
  const s = sessionScenario();
  try {
    beginWalk(s, draws[0]?.how ?? 0);
    for (const draw of draws) walkStep(s, draw);
    if (!loses(s)) return;
    const world = walkWorld(seed);
    s.back('adapter-restarted', { instance: 'sim-9', capabilities: {} });
    s.reply('CreateSession');
    survey(s, lookAt(world), 'adapter-restarted');
    expect(s.state()).toMatchObject({ link: 'up', reconcile: null });
    answerAll(s, world);
    checkWorld(s, world);
    // An agent stays busy for a call that is coming in, and that may turn out to be over.
    const lapsed = survey(s, forgetful(s, world), 'timer').map(inWords);
    expect(
      lapsed.filter((words) => !/^(Reconciled status:busy_|Channel\w+Updated|ChannelInfo)/.test(words)),
    ).toEqual([]);
    expect(survey(s, forgetful(s, world), 'timer').map(inWords)).toEqual([]);
  } catch (error) {
    throw new Error(`${s.history().slice(-60).map(inWords).join(' | ')}\n${String(error)}`, { cause: error });
  }
};

const draws = fc.array(
  fc.record({ kind: fc.nat(99), what: fc.nat(999), where: fc.nat(999), how: fc.nat(999) }),
  { maxLength: 60, size: 'max' },
);

describe('a session that has been through anything', () => {
  it('is what any switch says it is once that was read, and reading it again says nothing new', () => {
    fc.assert(fc.property(draws, fc.nat(9_999), life), walkRuns(100));
  });
});
