import { type BridgePeer } from '@cordboard/adapter-sdk';
import { answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { virtualClock } from '@cordboard/testing';
import { type FaultRule } from './fault-plan.ts';
import { Faults } from './faults.ts';
import { faultyPeer } from './faulty-peer.ts';

const message = (type: 'cti.request' | 'cti.event', name: string, target: string): CtiMessage => ({
  header: { type, name, target, ...(type === 'cti.request' ? { requestId: name } : {}) },
  body: {},
});

/** A peer that answers all at once, and what its link hears. */
const house = (...rules: readonly FaultRule[]) => {
  const clock = virtualClock();
  const faults = new Faults(clock);
  const asked: string[] = [];
  const heard: string[] = [];
  let tell: (event: CtiMessage) => void = () => undefined;
  const inner: BridgePeer = {
    ask: (question, answer) => {
      asked.push(question.header.name);
      answer(answerSuccess(question, {}));
    },
    onEvent: (listener) => void (tell = listener),
  };
  const peer = faultyPeer(inner, faults, clock);
  peer.onEvent(({ header }) => heard.push(`${header.name} ${header.target}`));
  faults.set({ seed: 1, rules });
  return {
    ...{ clock, faults, asked, heard },
    ask: (name: string, target = 'S') =>
      peer.ask(message('cti.request', name, target), ({ header }) =>
        heard.push(`${header.name} ${header.result ?? ''}${header.errorMessage ?? ''}`),
      ),
    tell: (name: string, target = 'S') => tell(message('cti.event', name, target)),
  };
};

describe('answers', () => {
  it.each<readonly [FaultRule['do'], readonly string[], readonly string[]]>([
    ['drop', ['hold'], []],
    ['double', ['hold'], ['hold SUCCESS', 'hold SUCCESS']],
    ['refuse', [], ['hold FAILUREnot today']],
  ])('%s', (what, asked, heard) => {
    const it = house({ on: 'answer', name: 'hold', do: what, message: 'not today' });
    it.ask('hold');
    expect([it.asked, it.heard]).toEqual([asked, heard]);
  });

  it('delay one, which others overtake', () => {
    const { ask, clock, heard } = house({ on: 'answer', name: 'hold', do: 'delay', delayMs: 500 });
    ask('hold');
    ask('mute');
    clock.advance(499);
    expect(heard).toEqual(['mute SUCCESS']);
    clock.advance(1);
    expect(heard).toEqual(['mute SUCCESS', 'hold SUCCESS']);
  });
});

describe('events', () => {
  it.each<readonly [FaultRule['do'], readonly string[]]>([
    ['drop', ['talking S.H']],
    ['double', ['held S.H', 'held S.H', 'talking S.H']],
  ])('%s', (what, heard) => {
    const it = house({ on: 'event', name: 'held', do: what });
    it.tell('held', 'S.H');
    it.tell('talking', 'S.H');
    expect(it.heard).toEqual(heard);
  });

  it('delay one, and those of its session behind it', () => {
    const { tell, clock, heard } = house({
      on: 'event',
      name: 'h*',
      session: 'S',
      do: 'delay',
      delayMs: 500,
    });
    tell('held', 'S.H');
    tell('talking', 'S.H');
    tell('held', 'T.H');
    tell('held', 'S.I');
    clock.advance(500);
    expect(heard).toEqual(['held T.H', 'held S.H', 'talking S.H']);
    clock.advance(500);
    tell('ended', 'S.H');
    expect(heard.slice(3)).toEqual(['held S.I', 'ended S.H']);
  });

  it('of CONTROL belong to no session', () => {
    const { tell, heard } = house({ on: 'event', name: '*', session: 'sim', do: 'drop' });
    tell('cti.status', 'sim.CONTROL');
    expect(heard).toEqual(['cti.status sim.CONTROL']);
  });
});

describe('hanging', () => {
  it('lets nothing in or out, then everything in order', () => {
    const { ask, tell, clock, faults, asked, heard } = house();
    faults.hang(1_000);
    ask('hold');
    tell('held');
    clock.advance(999);
    expect([asked, heard]).toEqual([[], []]);
    expect(faults.hungUntil).toBe(clock.now() + 1);
    clock.advance(1);
    expect(heard).toEqual(['hold SUCCESS', 'held S']);
    expect(faults.hungUntil).toBeNull();
  });

  it('forgets what waits when the process goes', () => {
    const { ask, clock, faults, heard } = house();
    faults.hang(1_000);
    ask('hold');
    faults.forget();
    clock.advance(1_000);
    ask('mute');
    expect(heard).toEqual(['mute SUCCESS']);
  });
});
