import { type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import { measureCalls } from '../../bench/calls/calls.ts';
import { measureEdge } from '../../bench/edge/edge.ts';
import { measureGateway } from '../../bench/gateway/gateway.ts';
import { measureResume } from '../../bench/resume/resume.ts';
import { wholeCommand } from '../../bench/micro/whole-command.ts';

describe('the micro bench', () => {
  it('measures commands through the whole system, and each hop alone', async () => {
    const { command, floors } = await wholeCommand({ commands: 4 });
    expect(command.count).toBe(4);
    expect(Object.keys(floors)).toEqual(['WebSocket echo', 'NATS request', 'Postgres insert']);
    for (const { count } of Object.values(floors)) expect(count).toBe(4);
  });
});

describe('the bench of calls', () => {
  it('has all calls up at once and none at the end', async () => {
    const { rows } = await measureCalls({ batches: 2, callsEach: 5 });
    expect(rows).toMatchObject([{ id: 'calls/bytes', figures: { count: 1 } }]);
  });
});

describe('the bench of the gateway', () => {
  it('goes both ways', async () => {
    const { rows } = await measureGateway({ rounds: 2, requests: 10 });
    expect(rows).toMatchObject([{ figures: { count: 2 }, parts: { 'on NATS': {}, 'by gateway': {} } }]);
  });
});

describe('the benches of the edge', () => {
  let database: PrivateDatabase;
  beforeAll(async () => (database = await privateDatabase()));
  afterAll(() => database.drop());

  it('bring browsers back from the ring, from the log and after a restart, and Socket.IO beside it', async () => {
    const { rows } = await measureEdge(database, { browsers: 3, missed: 4, rounds: 1, batches: 1, size: 3 });
    for (const { figures } of rows) expect(figures).toMatchObject({ count: 1 });
    expect(rows[0]?.note).toContain('Socket.IO recovered none');
  });

  it('bring browsers back against a bare read', async () => {
    const { rows } = await measureResume(database, { browsers: 3, missed: 4, rounds: 1 });
    expect(rows).toMatchObject([{ id: 'resume/rate', figures: { count: 1 } }]);
  });
});
