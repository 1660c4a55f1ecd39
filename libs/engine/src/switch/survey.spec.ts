import { createMemoryNetwork } from '@cordboard/bus';
import { type SurveyPlan } from '@cordboard/domain';
import { sequentialIds, virtualClock } from '@cordboard/testing';
import { survey, type SurveyOutcome } from './survey.ts';

/** No subject can be made of it: asking raises. */
const target = { session: 'no session id' };
const plan: SurveyPlan = {
  target,
  nativeId: '',
  register: null,
  read: { type: 'ReadSession', target, name: '', chat: false, email: false, callback: false },
  children: [],
};

it('a mistake of ours leaves the session unread, is logged, and ends nothing else', async () => {
  const clock = virtualClock();
  const logged: string[] = [];
  const ports = {
    bus: createMemoryNetwork().connect(),
    clock,
    ids: sequentialIds(),
    metrics: { count: () => undefined },
    log: { error: (message: string) => void logged.push(message) },
  };
  const place = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
  const outcome = await new Promise<SurveyOutcome>((resolve) => {
    survey(ports, { place, epoch: 1, plan, lightly: false }, resolve);
  });
  expect(outcome).toEqual({ kind: 'over', findings: null, unregistered: false });
  expect([logged, clock.waiting()]).toEqual([['a survey met a mistake of ours'], 0]);
});
