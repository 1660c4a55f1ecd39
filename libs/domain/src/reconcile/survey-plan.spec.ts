import {
  MANY_CHANNELS,
  ONE_CHANNEL,
  RESUME_POLICY,
  FULL_ADAPTER,
  runningCall,
  type SessionScenario,
  sessionScenario,
} from '@cordboard/testing/scenario';
import { isListed, mayBeSurveyed, surveyPlan, type SurveyPlan } from './survey-plan.ts';

const inWords = ({ nativeId, register, read, children }: SurveyPlan, depth = 0): readonly string[] => [
  `${'  '.repeat(depth)}${[register?.type, read.type, nativeId].filter(Boolean).join(' ')}`,
  ...children.flatMap((child) => inWords(child, depth + 1)),
];

const planOf = (s: SessionScenario): readonly string[] => {
  const plan = surveyPlan(s.state());
  return plan === null ? [] : inWords(plan);
};

describe('the plan of a survey', () => {
  it('names everything below the session, parents first, with the ids that the objects have', () => {
    const s = runningCall('HELD', 'TALKING');
    expect(planOf(s)).toEqual([
      'ReadSession',
      '  RegisterChannelGroup ReadChannelGroup g',
      '    RegisterChannel ReadChannel 1001',
      '      RegisterInteraction ReadInteraction i',
      '        RegisterConversation ReadConversation v1',
      '        RegisterConversation ReadConversation v2',
    ]);
    expect(surveyPlan(s.state())?.children[0]).toMatchObject({
      target: s.group(),
      register: { target: s.target, id: s.group().channelgroup, nativeId: 'g' },
      read: { target: s.group() },
    });
  });

  it('names stand-alone channels after the groups', () => {
    const s = sessionScenario(MANY_CHANNELS);
    s.start(RESUME_POLICY, FULL_ADAPTER);
    expect(planOf(s).at(-1)).toBe('  RegisterChannel ReadChannel desk');
  });

  it('reads what the call model names', () => {
    const s = sessionScenario();
    s.start();
    const models = { '': { group: 'Front office', chat: true, email: false, callback: false } };
    const house = {
      directory: [],
      notReadyReasons: [],
      logoutReasons: [],
      dispositions: [],
      queues: {},
      models,
    };
    expect(surveyPlan(s.state(), house)?.read).toMatchObject({ name: 'Front office', chat: true });
  });

  it('registers a group that the agent has added as it was wanted', () => {
    const s = sessionScenario();
    s.start();
    const wanted = { name: 'Project', chat: true, email: false, callback: false };
    s.send({ type: 'AddChannelGroup', target: s.target, ...wanted });
    s.answerAll();
    expect(surveyPlan(s.state())?.children.map(({ register }) => register)).toMatchObject([
      { nativeId: 'g' },
      { nativeId: 'Project', wanted },
    ]);
  });

  it('leaves out what is on its way in or out', () => {
    const s = runningCall('HELD', 'TALKING');
    s.fact({ type: 'ConversationEnded', target: s.conversation(1) });
    s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'j' });
    expect(planOf(s).slice(3)).toEqual([
      '      RegisterInteraction ReadInteraction i',
      '        RegisterConversation ReadConversation v1',
    ]);
  });

  it('is none before the start and after the end', () => {
    const s = sessionScenario();
    s.prepare();
    expect(planOf(s)).toEqual([]);
    s.must({ kind: 'close', reason: 'overridden' });
    expect(planOf(s)).toEqual([]);
  });
});

describe('what a parent lists', () => {
  const interaction = {
    of: 'interaction',
    state: 'STARTED',
    data: {},
    primary: 'v1',
    consult: 'v2',
  } as const;
  const channel = {
    of: 'channel',
    state: 'ACTIVE',
    agent: null,
    interactions: [{ nativeId: 'v1' }],
  } as const;
  const group = { of: 'channelgroup', channels: [{ nativeId: 'v1', channelType: 'CHAT' }] } as const;

  it.each([
    [{ of: 'session', groups: [] } as const, 'v1', true],
    [group, 'v1', true],
    [group, 'v2', false],
    [channel, 'v1', true],
    [channel, 'v2', false],
    [interaction, 'v2', true],
    [interaction, 'v3', false],
    [{ ...interaction, consult: null }, 'v2', false],
    // The first leg of a call that goes on must be named; where it is not, each leg is asked about by itself.
    [{ ...interaction, primary: null }, 'v1', true],
    [{ ...interaction, state: 'ENDED', primary: null, consult: null } as const, 'v1', false],
  ])('%j: %s, %s', (reading, nativeId, listed) => {
    const plan = { target: { session: 's' }, nativeId, register: null, children: [] };
    expect(isListed(reading, { ...plan, read: { type: 'ReadConversation', target: plan.target } })).toBe(
      listed,
    );
  });
});

describe('a survey by the timer', () => {
  const call = (): SessionScenario => runningCall();

  it.each<[string, boolean, (s: SessionScenario) => unknown]>([
    ['nothing is under way', true, () => undefined],
    ['nobody is bound', true, (s) => s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' })],
    ['a command is', false, (s) => s.send({ type: 'HoldConversation', target: s.conversation() })],
    [
      'a call comes in',
      false,
      (s) => s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'j' }),
    ],
    ['a leg goes', false, (s) => s.fact({ type: 'ConversationEnded', target: s.conversation() })],
    ['the adapter is away', false, (s) => s.lose()],
    ['the session has ended', false, (s) => s.must({ kind: 'close', reason: 'overridden' })],
  ])('%s: %s', (_, may, make) => {
    const s = call();
    make(s);
    expect(mayBeSurveyed(s.state())).toBe(may);
    if (!may) expect(s.survey('timer')).toEqual([]);
  });

  it('waits until the session is all there', () => {
    const s = sessionScenario(ONE_CHANNEL);
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    s.reply('CreateSession');
    s.reply('ReadSession');
    expect(mayBeSurveyed(s.state())).toBe(false);
    s.answerAll();
    expect(mayBeSurveyed(s.state())).toBe(true);
  });
});
