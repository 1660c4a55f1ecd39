import { createHmac } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { COMMANDS_PER_SECOND } from '@cordboard/agent-protocol';
import { createMemoryNetwork, type MemoryBus } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import {
  eventually,
  openBrowser,
  type ScriptedOwner,
  scriptedOwner,
  type VirtualClock,
  virtualClock,
} from '@cordboard/testing';
import { NestFactory } from '@nestjs/core';
import { WebSocket } from 'ws';
import { Admission } from '../../apps/edge/src/access/admission.ts';
import { createTokenVerifier } from '../../apps/edge/src/access/token-verifier.ts';
import { type EdgeCounter, type EdgePorts } from '../../apps/edge/src/edge-ports.ts';
import { type EdgeSettings } from '../../apps/edge/src/edge-settings.ts';
import { EdgeModule } from '../../apps/edge/src/edge.module.ts';
import { AgentWsAdapter } from '../../apps/edge/src/socket/agent-ws-adapter.ts';
import { HeardSessions } from '../../apps/edge/src/stream/heard-sessions.ts';
import { createHistory } from '../../apps/edge/src/stream/history.ts';
import { EDGE_PORTS, EDGE_SETTINGS } from '../../apps/edge/src/tokens.ts';

export const SECRET = 'a secret that is long enough for a test';
export const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const RING_MS = 120_000;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token as an issuer would sign it; `expiresIn` like `30s`, `-1m`, `3h`. */
export const token = async (claims: JsonObject = {}, secret = SECRET, expiresIn = '1h'): Promise<string> => {
  const life = Number(expiresIn.slice(0, -1)) * (SECONDS[expiresIn.slice(-1)] ?? NaN);
  const exp = Math.floor(Date.now() / 1_000) + life;
  const standard = { tenant: 'demo', roles: ['agent'], aud: 'cordboard', sub: '1001', exp };
  const signed = `${encoded({ alg: 'HS256' })}.${encoded({ ...standard, ...claims })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
};

/** Waits until the assertions hold. */
export const until = (assert: () => void): Promise<true> =>
  eventually(() => {
    assert();
    return true as const;
  });

export const bindAs = (client: string, data: JsonObject = {}) => ({
  command: 'bindSession',
  target: S,
  data: { client, takeover: false, ...data },
});

/** One edge, in this process. */
const startEdge = async (bus: MemoryBus, owner: ScriptedOwner, clock: VirtualClock) => {
  const counts = new Map<EdgeCounter, number>();
  const resumes: string[] = [];
  const settings = { origins: [] as string[], maxSockets: 8, devTokenSecret: SECRET as string | null };
  const sizes = { connected: 0, ringBytes: 0, heard: 0, reads: 0 };
  const history = createHistory(owner.store, owner.vault);
  let made = 0;
  const count = (name: EdgeCounter): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const ports: EdgePorts = {
    bus,
    heard: new HeardSessions({
      bus,
      clock,
      keepMs: RING_MS,
      onMalformed: () => count('events_malformed'),
      onBytes: (bytes) => (sizes.ringBytes = bytes),
      onSessions: (sessions) => (sizes.heard = sessions),
    }),
    history: (stretch) => {
      sizes.reads += 1;
      return history(stretch);
    },
    verify: createTokenVerifier({ kind: 'secret', secret: SECRET }, clock),
    commandsPerSecond: COMMANDS_PER_SECOND,
    clock,
    newId: () => `made-${(made += 1)}`,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    connected: (sockets) => (sizes.connected = sockets),
    resumed: (from) => void resumes.push(from),
    count,
  };
  const app = await NestFactory.create(
    EdgeModule.with([
      { provide: EDGE_PORTS, useValue: ports },
      { provide: EDGE_SETTINGS, useValue: settings satisfies EdgeSettings },
    ]),
    { logger: false, forceCloseConnections: true },
  );
  app.useWebSocketAdapter(new AgentWsAdapter(app, app.get(Admission)));
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address: () => AddressInfo }).address();
  const sockets: WebSocket[] = [];
  let ended: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    let closed = false;
    ended ??= app.close();
    void ended.then(() => (closed = true));
    await eventually(() => {
      clock.advance(100);
      return closed;
    });
  };
  return {
    app,
    bus,
    port,
    url: `ws://127.0.0.1:${port}/agent`,
    counts,
    resumes,
    sizes,
    settings,
    /** Opens a socket by hand, for `stop` to end. */
    open: (protocols: string[], headers: Record<string, string>): WebSocket => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/agent`, protocols, { headers });
      sockets.push(socket);
      return socket;
    },
    browser: async (jwt?: string) => {
      const opened = await openBrowser(`ws://127.0.0.1:${port}/agent`, jwt ?? (await token()));
      sockets.push(opened.socket);
      return opened;
    },
    /** Ends it in order; the gateway waits for its browsers on the clock that stands still here. */
    end,
    stop: async (): Promise<void> => {
      for (const socket of sockets.splice(0)) socket.terminate();
      await end();
    },
  };
};

export type Edge = Awaited<ReturnType<typeof startEdge>>;

/** Edges and the one owner of their session, on one network. */
export const edgeWorld = async (edges = 1) => {
  const network = createMemoryNetwork();
  const clock = virtualClock(Date.now());
  const buses = Array.from({ length: edges }, () => network.connect({ clock }));
  const owner = scriptedOwner(network.connect({ clock }), S);
  const started = await Promise.all(buses.map((bus) => startEdge(bus, owner, clock)));
  const first = started[0];
  if (first === undefined) throw new Error('a world has an edge');
  return {
    clock,
    owner,
    edge: first,
    edges: started,
    /** Opens a socket and binds; the answer must be a success. */
    bound: async (data: JsonObject = {}, client = 'tab-1', edge = first) => {
      const opened = await edge.browser();
      const answer = await opened.ask(bindAs(client, data));
      if (answer['result'] !== 'success') throw new Error(`not bound: ${JSON.stringify(answer)}`);
      return opened;
    },
    stop: async () => {
      for (const edge of started) await edge.stop();
      if (clock.waiting() > 0) throw new Error(`${clock.waiting()} timers are left`);
    },
  };
};

export type EdgeWorld = Awaited<ReturnType<typeof edgeWorld>>;
