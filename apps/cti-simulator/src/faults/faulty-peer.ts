import { type BridgePeer } from '@cordboard/adapter-sdk';
import { answerFailure, type CtiMessage } from '@cordboard/cti-protocol';
import { type Clock } from '@cordboard/kernel';
import { type FaultRule, type Passing } from './fault-plan.ts';
import { type Faults } from './faults.ts';
import { createLanes } from './lanes.ts';

const passingOf = (on: Passing['on'], { header }: CtiMessage): Passing => {
  const isControl = header.target.endsWith('.CONTROL');
  return { on, name: header.name, session: isControl ? null : (header.target.split('.')[0] ?? null) };
};

/** How often what a rule hits comes about: a dropped one never, a doubled one twice. */
const timesOf = (rule: FaultRule | null): readonly unknown[] => {
  if (rule?.do === 'drop') return [];
  return rule?.do === 'double' ? [1, 2] : [1];
};

const delayOf = (rule: FaultRule | null): number => (rule?.do === 'delay' ? (rule.delayMs ?? 0) : 0);

const REFUSED = 'refused by a fault that was asked for';

/**
 * A peer between an adapter and its link that does the faults asked for. A refused question never reaches the
 * adapter; a dropped one does, but not its answer. A delayed answer may be overtaken, an event never is by others
 * of its session.
 */
export const faultyPeer = (inner: BridgePeer, faults: Faults, clock: Clock): BridgePeer => {
  const inLane = createLanes(clock);

  const ask: BridgePeer['ask'] = (question, answer) => {
    const rule = faults.hit(passingOf('answer', question));
    if (rule?.do === 'refuse') return answer(answerFailure(question, rule.message ?? REFUSED));
    const give = (response: CtiMessage): void =>
      timesOf(rule).forEach(() => faults.pass(() => answer(response)));
    inner.ask(question, (response) => {
      if (rule?.do === 'delay') clock.after(delayOf(rule), () => give(response));
      else give(response);
    });
  };

  return {
    ask: (question, answer) => faults.pass(() => ask(question, answer)),
    onEvent: (listener) =>
      inner.onEvent((event) => {
        const passing = passingOf('event', event);
        const rule = faults.hit(passing);
        const tell = (): void => timesOf(rule).forEach(() => faults.pass(() => listener(event)));
        inLane(passing.session ?? '', delayOf(rule), tell);
      }),
  };
};
