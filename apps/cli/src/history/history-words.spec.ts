import { createMemoryStore, type EventStore, type SessionOverview } from '@cordboard/event-store';
import { err, ok } from '@cordboard/kernel';
import { sequentialIds } from '@cordboard/testing';
import { findSession } from './find-session.ts';
import { formatSessions } from './format-sessions.ts';
import { formatChain, formatTimeline } from './format-timeline.ts';

const ids = sequentialIds();
const [FIRST, SECOND] = [ids.next(), ids.next()];

const overview = (sessionId: string, more: Partial<SessionOverview> = {}): SessionOverview => ({
  sessionId,
  tenant: 'demo',
  processor: 'sim',
  agentId: '1001',
  open: true,
  startedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  lastAt: Date.UTC(2026, 0, 2, 3, 9),
  events: 42,
  ...more,
});

describe('formatSessions', () => {
  it('is a table', () => {
    const closed = overview(SECOND, { agentId: null, open: false, events: 7 });
    expect(formatSessions([overview(FIRST), closed]).split('\n')).toEqual([
      'SESSION                               AGENT  STATE   STARTED              LAST EVENT           EVENTS',
      `${FIRST}  1001   open    2026-01-02 03:04:05  2026-01-02 03:09:00  42`,
      `${SECOND}  -      closed  2026-01-02 03:04:05  2026-01-02 03:09:00  7`,
    ]);
  });

  it('says what to do when there are none', () => {
    expect(formatSessions([])).toContain('npx cordboard agent --id 1001');
  });
});

describe('formatTimeline', () => {
  it('gives the day once and a row for each event', () => {
    const row = {
      time: Date.UTC(2026, 0, 2, 23, 59, 59, 5),
      seq: 1,
      object: 'session',
      what: 'prepared',
      cause: 'agent 1001',
    };
    const next = { ...row, time: row.time + 60_000, seq: 2, what: 'started' };
    expect(formatTimeline(FIRST, [row, next]).split('\n')).toEqual([
      `session ${FIRST}, 2026-01-02 to 2026-01-03 UTC`,
      '',
      'TIME          SEQ  OBJECT   WHAT      CAUSE',
      '23:59:59.005  1    session  prepared  agent 1001',
      '00:00:59.005  2    session  started   agent 1001',
    ]);
  });
});

describe('formatChain', () => {
  it('says whether the log is whole', () => {
    expect(formatChain(ok({ events: 3, hash: Buffer.alloc(32, 1) }))).toBe(
      'The chain of 3 events is whole: 0101010101010101',
    );
    expect(formatChain(err({ seq: 2, reason: 'the hash does not fit the row' }))).toBe(
      'The chain is broken at sequence 2: the hash does not fit the row',
    );
  });
});

describe('findSession', () => {
  const store: EventStore = {
    ...createMemoryStore(),
    sessions: async () => [overview(FIRST), overview(SECOND)],
  };

  it('takes a whole id, or a beginning that only one has', async () => {
    expect(await findSession(store, FIRST.toUpperCase())).toBe(FIRST);
    expect(await findSession(store, SECOND.slice(0, -20))).toBe(SECOND);
  });

  it.each([
    ['01', '2 sessions begin with "01": give more of the id.'],
    ['02', 'No session begins with "02": see cordboard sessions.'],
    ["'; DROP", `"'; DROP" is no session id: see cordboard sessions.`],
  ])('refuses %s', async (wanted, message) => {
    await expect(findSession(store, wanted)).rejects.toThrow(message);
  });
});
