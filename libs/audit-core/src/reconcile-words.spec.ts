import { type SessionEvent } from '@cordboard/domain';
import { whatHappened } from './what-happened.ts';

const target = { session: '0190d5c8-7b1e-7000-8000-000000000001' };

const told: readonly (readonly [Pick<SessionEvent, 'type'> & { data: unknown }, string])[] = [
  [
    { type: 'AdapterLost', data: { instance: 'sim-1', reason: 'silent' } },
    'adapter sim-1 is silent: what is under way fails, the switch will be read again',
  ],
  [
    { type: 'ReconcileBegan', data: { cause: 'adapter-restarted' } },
    'the switch is read again: the adapter was restarted',
  ],
  [
    { type: 'Reconciled', data: { cause: 'timer', before: { state: 'TALKING' }, after: { state: 'HELD' } } },
    'the switch differs: state HELD (was state TALKING). Found because the regular look at the switch',
  ],
  [
    { type: 'Reconciled', data: { cause: 'events-lost', before: { state: 'STARTED' }, after: null } },
    'the switch differs: gone (was state STARTED). Found because events were lost',
  ],
  [
    {
      type: 'Reconciled',
      data: { cause: 'adapter-moved', before: {}, after: {}, joined: [{ nativeId: 'call-7' }] },
    },
    'the switch differs: new on it: call-7. Found because another adapter serves the session',
  ],
  [
    { type: 'ReconcileEnded', data: { outcome: 'done', retryAt: null } },
    'the session agrees with the switch',
  ],
  [
    { type: 'ReconcileEnded', data: { outcome: 'failed', retryAt: Date.UTC(2026, 0, 1) } },
    'the switch could not be read, next attempt 2026-01-01T00:00:00.000Z',
  ],
];

it.each(told)('%j', (event, words) => {
  expect(whatHappened({ ...event, target } as SessionEvent)).toBe(words);
});
