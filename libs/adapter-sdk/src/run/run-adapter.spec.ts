import { eventually, tcpDesk } from '@cordboard/testing';
import { type AdapterHandlers, err, ok, runAdapter } from '../index.ts';

const S = '01890000-0000-7000-8000-000000000001';

const handlers: AdapterHandlers = {
  capabilities: () => ({ 'queue-statistics-supported': true }),
  validateAgent: () => ok(undefined),
  createSession: ({ id }) => (id === '1001' ? ok({}) : err('no such agent')),
  readSession: () => ok({ groups: [] }),
  readGroup: () => ok({ channels: [] }),
  readChannel: () => ok({ state: 'ACTIVE', interactions: [] }),
  readInteraction: () => ok({ state: 'STARTED', data: {} }),
  readConversation: () => ok({ state: 'TALKING', parties: [] }),
};

/** A process that only looks like one. */
const standIn = (env: Record<string, string>) => {
  const lines: Record<string, unknown>[] = [];
  const exits: number[] = [];
  const listeners = new Map<string, () => void>();
  return {
    lines,
    exits,
    signal: (name: 'SIGTERM' | 'SIGINT') => listeners.get(name)?.(),
    process: {
      env,
      stderr: { write: (text: string) => lines.push(JSON.parse(text) as Record<string, unknown>) },
      on: (name: string, listener: () => void) => void listeners.set(name, listener),
      exit: (code: number) => void exits.push(code),
    },
  };
};

const setUp = async (close?: () => void | Promise<void>) => {
  const desk = await tcpDesk({ processor: 'acme' });
  const { host, port } = desk.by;
  const { process, ...seen } = standIn({ CORDBOARD_CTI_URL: `tcp://${host}:${port}` });
  const adapter = runAdapter({ processor: 'acme', handlers, process, close });
  await desk.ready();
  return { desk, adapter, ...seen };
};

describe('an adapter that runs by itself', () => {
  it('connects, serves, tells its queues and its status, and drains on a signal', async () => {
    const closed: string[] = [];
    const { desk, adapter, lines, exits, signal } = await setUp(() => void closed.push('closed'));
    expect(adapter.health()).toMatchObject({ status: 'STARTED', connected: true, sessions: 0 });
    adapter.report.queues([{ id: '7000', waiting: 2, longestWaitMs: 10 }]);
    await desk.settle();
    expect(desk.heard).toEqual([]);
    await desk.control('cti.request.status');
    await desk.settle();
    expect(desk.heard).toEqual(['answer cti.request.status', 'event cti.status', 'event cti.queues']);
    expect(await desk.control('cti.request.createsession', { id: S, agent: { id: '1001' } })).toMatchObject({
      result: 'SUCCESS',
    });
    expect(adapter.health().sessions).toBe(1);
    adapter.report.status('STOPPED', 'the switch is gone');
    expect(await desk.control('cti.request.createsession', { id: S, agent: { id: '1001' } })).toMatchObject({
      errorMessage: 'the switch is stopped',
    });
    signal('SIGTERM');
    await eventually(() => exits.length === 1);
    expect([exits, closed]).toEqual([[0], ['closed']]);
    expect(desk.heard.filter((heard) => heard === 'event cti.status')).toHaveLength(4);
    expect(adapter.health()).toMatchObject({ status: 'STOPPING', connected: false });
    const told = lines.map(({ level, message }) => `${String(level)} ${String(message)}`);
    expect(told).toEqual([
      'info the adapter starts',
      'info connected to Cordboard',
      'info the adapter is stopping',
    ]);
    await desk.close();
  });

  it('ends at once at the second signal, and says when it could not end in order', async () => {
    const { desk, lines, exits, signal } = await setUp(() => Promise.reject(new Error('stuck')));
    signal('SIGINT');
    signal('SIGINT');
    expect(exits).toEqual([1]);
    await eventually(() => exits.length === 2);
    expect(exits).toEqual([1, 1]);
    expect(lines.at(-1)).toMatchObject({ level: 'error', message: 'the adapter could not stop in order' });
    expect(String(lines.at(-1)?.error)).toContain('stuck');
    await desk.close();
  });

  it('does not start when it was told nonsense', () => {
    const { process, lines } = standIn({ CORDBOARD_CTI_URL: 'nowhere' });
    expect(() => runAdapter({ processor: 'acme', handlers, process })).toThrow('CORDBOARD_CTI_URL');
    expect(lines).toEqual([]);
  });
});
