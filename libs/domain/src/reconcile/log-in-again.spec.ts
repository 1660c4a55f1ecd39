import {
  ADAPTER,
  FULL_ADAPTER,
  inWords,
  ONE_CHANNEL,
  RESUME_POLICY,
  runningCall,
  type SessionScenario,
  sessionScenario,
  shown,
} from '@cordboard/testing/scenario';
import { type SessionEvent } from '../session-event.ts';
import { nextDeadlineAt } from '../session/queries.ts';
import { type SwitchAnswer } from '../switch-request.ts';

const words = (events: readonly SessionEvent[]): readonly string[] => events.map(inWords);

const lost = (): SessionScenario => {
  const s = runningCall();
  s.lose();
  return s;
};

const failed = (cause: Extract<SwitchAnswer, { ok: false }>['cause']): SwitchAnswer => ({
  ok: false,
  cause,
  message: 'no',
});

describe('an adapter that is there again', () => {
  it('is asked to log the agent in, and is the same one for the record', () => {
    expect(words(lost().back('connection-restored'))).toEqual(['ReconcileBegan', '> CreateSession']);
  });

  it.each([
    ['another instance', { ...ADAPTER, instance: 'sim-2' }],
    ['another incarnation', { ...ADAPTER, incarnation: 'b' }],
  ])('is put down when it is %s', (_, adapter) => {
    const s = lost();
    const [first] = s.back('adapter-restarted', adapter);
    expect(first).toMatchObject({ type: 'AdapterAssigned', data: adapter });
    expect(s.state()).toMatchObject({ adapter, link: 'down', reconcile: { stage: 'creating' } });
  });

  it('that can do other things changes what the agent is offered', () => {
    const s = lost();
    const other = {
      instance: 'sim-2',
      capabilities: { 'consult-supported': false, 'mute-supported': false },
    };
    expect(shown(s.back('adapter-moved', other))).toEqual([
      'InteractionStateUpdated STARTED',
      'ConversationStateUpdated TALKING',
    ]);
  });

  it('logs the agent in at the extension that session.start has named, or else the switch', () => {
    const s = sessionScenario();
    s.prepare(RESUME_POLICY, '', '1234');
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    const agent = () => s.state().requests[0]?.request;
    expect(agent()).toMatchObject({ agent: { id: 'ann', extension: '1234' } });
    s.refuse('CreateSession');
    s.send({ type: 'StartSession', target: s.target, extension: '5678' });
    s.answerAll();
    s.lose();
    s.back();
    expect(agent()).toMatchObject({ agent: { id: 'ann', extension: '5678' } });
  });

  it('is begun with once', () => {
    const s = lost();
    s.back();
    expect(s.back()).toEqual([]);
    s.reply('CreateSession');
    expect(s.back()).toEqual([]);
    expect(words(s.back('adapter-moved', { ...ADAPTER, instance: 'sim-2' }))).toEqual([
      'AdapterAssigned',
      'ReconcileBegan',
      '> CreateSession',
    ]);
  });

  it('is nothing to a session whose adapter never was away', () => {
    expect(runningCall().back()).toEqual([]);
  });

  it('may say something meanwhile: it waits for the survey', () => {
    const s = lost();
    s.back();
    s.reply('CreateSession');
    expect(words(s.fact({ type: 'ConversationHeld', target: s.conversation() }))).toEqual([
      'SwitchFactDeferred ConversationHeld',
    ]);
    s.world({
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
    });
    expect(words(s.survey())).toEqual(['ReconcileEnded done', 'ConversationStateUpdated HELD']);
  });

  it('is asked for the changes of the address book again', () => {
    const books = { of: 'addressbook', addressBooks: [] } as const;
    const s = sessionScenario({ ...ONE_CHANNEL, lists: { ReadAddressBook: books } });
    s.start(RESUME_POLICY, FULL_ADAPTER);
    s.send({ type: 'GetAddressBook', target: s.target, realtime: true });
    s.answerAll();
    expect(words(s.reconcile()).at(-1)).toBe('> ReadAddressBook');
  });

  it('goes on with a logout from its first step', () => {
    const s = sessionScenario(ONE_CHANNEL);
    s.start();
    s.send({ type: 'LogOut', target: s.target });
    s.reply('MakeNotReady');
    expect(s.asked()).toEqual(['DeactivateChannel']);
    expect(words(s.reconcile()).at(-1)).toBe('> MakeNotReady');
    expect(words(s.answerAll()).slice(-2)).toEqual(['CommandCompleted success', 'SessionClosed logged-out']);
  });
});

describe('a reconciliation that fails', () => {
  it.each(['timeout', 'unreachable', 'never-seen', 'unknown', 'malformed'] as const)(
    'by %s is tried again after 1, 2, 4 ... 30 s, for ever',
    (cause) => {
      const s = lost();
      s.back();
      for (const wait of [1, 2, 4, 8, 16, 30, 30, 30]) {
        expect(words(s.reply('CreateSession', failed(cause)))).toEqual([
          `< ${cause}`,
          'ReconcileEnded failed',
        ]);
        expect(nextDeadlineAt(s.state())).toBe(s.now() + wait * 1_000);
        expect(words(s.after(wait * 1_000))).toEqual(['> CreateSession']);
      }
    },
  );

  it('by silence is tried again as well', () => {
    const s = lost();
    s.back();
    expect(words(s.after(120_000))).toEqual(['< timeout', 'ReconcileEnded failed']);
  });

  it('is tried at once when the adapter is there anew', () => {
    const s = lost();
    s.back();
    s.reply('CreateSession', failed('unreachable'));
    expect(words(s.back('connection-restored'))).toEqual(['ReconcileBegan', '> CreateSession']);
  });

  it('by three refusals ends the session, whatever else came between', () => {
    const s = lost();
    s.back();
    for (const cause of ['refused', 'timeout', 'refused'] as const) {
      s.reply('CreateSession', failed(cause));
      s.after(30_000);
    }
    const ended = words(s.reply('CreateSession', failed('refused')));
    expect(ended).toEqual(expect.arrayContaining(['InteractionDisposed', 'ChannelDisposed']));
    expect(ended.at(-1)).toBe('SessionClosed ended-by-switch');
  });

  it('by three refusals ends the session of an agent who was just logging out as wanted', () => {
    const s = sessionScenario(ONE_CHANNEL);
    s.start();
    s.send({ type: 'LogOut', target: s.target });
    s.lose();
    s.back();
    for (let count = 0; count < 2; count += 1) {
      s.refuse('CreateSession');
      s.after(30_000);
    }
    expect(words(s.refuse('CreateSession')).at(-1)).toBe('SessionClosed logged-out');
  });

  it.each([
    ['the session cannot be read', null],
    ['nothing was found', []],
  ])('because %s is tried again too', (_, findings) => {
    const s = lost();
    s.back();
    s.reply('CreateSession');
    const taken = s.must({ kind: 'surveyed', cause: 'adapter-restarted', findings });
    expect(words(taken)).toEqual(['ReconcileEnded failed']);
    expect(words(s.after(1_000))).toEqual(['> CreateSession']);
  });
});
