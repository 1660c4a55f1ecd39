import { COMMANDS_PER_SECOND } from '@cordboard/agent-protocol';
import { type Bus } from '@cordboard/bus';
import { type WebSocket } from 'ws';
import { AgentConnection } from '../../../apps/edge/src/socket/agent-connection.ts';
import { HeardSessions } from '../../../apps/edge/src/stream/heard-sessions.ts';
import { createHistory } from '../../../apps/edge/src/stream/history.ts';
import { type EdgePorts } from '../../../apps/edge/src/edge-ports.ts';
import { type Host } from './host.ts';
import { type Parts } from './parts.ts';

/** A running edge process. */
export interface EdgeProcess {
  readonly host: Host;
  readonly bus: Bus;
  readonly accept: (socket: WebSocket, agent: string) => void;
}

const NEVER = 4_102_444_800_000;

const ignore = (): void => undefined;

export const startEdge = async (parts: Parts): Promise<EdgeProcess> => {
  const { host, store, vault, ids } = parts;
  const bus = await parts.connect();
  const ports: EdgePorts = {
    bus,
    heard: new HeardSessions({
      bus,
      clock: host.clock,
      keepMs: 120_000,
      onMalformed: ignore,
      onBytes: ignore,
      onSessions: ignore,
    }),
    resumed: ignore,
    history: createHistory(store, vault),
    verify: () => Promise.reject(new Error('no token is renewed here')),
    commandsPerSecond: COMMANDS_PER_SECOND,
    clock: host.clock,
    newId: () => ids.next(),
    log: { info: ignore, warn: ignore, error: ignore },
    count: ignore,
    connected: ignore,
  };
  const identity = { tenant: 'demo', roles: ['agent'], teams: [], grants: [], expiresAt: NEVER };
  return {
    host,
    bus,
    accept: (socket, agent) => void new AgentConnection(ports, socket, { ...identity, sub: agent }),
  };
};
