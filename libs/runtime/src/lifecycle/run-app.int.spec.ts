import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  type BeforeApplicationShutdown,
  Controller,
  Get,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { eventually } from '@cordboard/testing';
import { IsInt } from 'class-validator';
import { Env } from '../config/env.ts';
import { RuntimeConfig } from '../config/runtime-config.ts';
import { type Health } from '../observability/health.ts';
import { type Metrics } from '../observability/metrics.ts';
import { HEALTH, METRICS } from '../tokens.ts';
import { runApp } from './run-app.ts';

class TestConfig extends RuntimeConfig {
  @Env('CORDBOARD_EDGE_PORT', { as: 'integer' })
  @IsInt()
  port!: number;
}

let order: string[] = [];
let natsIsUp = true;
let whileStopping: () => Promise<void> = async () => undefined;

@Controller()
class GreetController implements OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(TestConfig) private readonly config: TestConfig,
    @Inject(HEALTH) health: Health,
    @Inject(METRICS) metrics: Metrics,
  ) {
    health.register('nats', () => {
      if (!natsIsUp) throw new Error('disconnected');
    });
    metrics.counter({ name: 'greetings_total', help: 'Greetings' }).add();
  }

  @Get('greet')
  greet(): string {
    return `from ${this.config.host}`;
  }

  onModuleDestroy(): void {
    order.push('destroy');
  }

  async beforeApplicationShutdown(): Promise<void> {
    order.push('before shutdown');
    await whileStopping();
  }

  onApplicationShutdown(): void {
    order.push('shutdown');
  }
}

@Module({ controllers: [GreetController] })
class TestModule {}

interface Ready {
  readonly ready: boolean;
  readonly ports: { readonly http: number; readonly metrics: number };
}

const start = async (env: Record<string, string> = {}, options: { readonly listens?: boolean } = {}) => {
  const events = new EventEmitter();
  const exits: number[] = [];
  const errors: string[] = [];
  const sent: Ready[] = [];
  await runApp({
    name: 'test',
    config: TestConfig,
    module: TestModule,
    ...(options.listens === false ? { ports: () => ({ own: 1 }) } : { port: ({ port }: TestConfig) => port }),
    process: {
      env: { CORDBOARD_LOG_LEVEL: 'silent', CORDBOARD_EDGE_PORT: '0', ...env },
      stderr: { write: (text: string) => errors.push(text) },
      on: (event, listener) => events.on(event, listener),
      exit: (code) => void exits.push(code),
      send: (message) => sent.push(message as Ready),
    },
  });
  const end = async (): Promise<void> => {
    events.emit('SIGTERM');
    await eventually(() => exits.length > 0);
  };
  return { events, exits, errors, sent, end, ports: sent[0]?.ports ?? { http: 0, metrics: 0 } };
};

const someNumber = expect.any(Number) as number;
const get = (port: number, path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);

describe('an app', () => {
  beforeEach(() => {
    order = [];
    natsIsUp = true;
    whileStopping = async () => undefined;
  });

  it('serves, says where, and reports its health and metrics on a port of their own', async () => {
    const { ports, sent, end, exits } = await start();
    expect(sent).toEqual([{ ready: true, ports: { http: someNumber, metrics: someNumber } }]);
    expect(await (await get(ports.http, '/greet')).text()).toBe('from 127.0.0.1');
    expect((await get(ports.http, '/metrics')).status).toBe(404);

    const live = await get(ports.metrics, '/health/live');
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await get(ports.metrics, '/health/ready');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', checks: { nats: 'ok' } }]);
    natsIsUp = false;
    const unready = await get(ports.metrics, '/health/ready');
    expect([unready.status, await unready.json()]).toEqual([
      503,
      { status: 'unavailable', checks: { nats: 'disconnected' } },
    ]);
    const metrics = await get(ports.metrics, '/metrics');
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await metrics.text()).toContain('cordboard_greetings_total{app="test"} 1');
    await end();
    expect(exits).toEqual([0]);
  });

  it('stops in order: unready first, then the app, its report of itself last', async () => {
    const { ports, end } = await start();
    whileStopping = async () => {
      const ready = await get(ports.metrics, '/health/ready');
      order.push(`ready ${ready.status}`);
      order.push(`live ${(await get(ports.metrics, '/health/live')).status}`);
    };
    await end();
    expect(order).toEqual(['destroy', 'before shutdown', 'ready 503', 'live 200', 'shutdown']);
    await expect(get(ports.http, '/greet')).rejects.toThrow();
    await expect(get(ports.metrics, '/health/live')).rejects.toThrow();
  });

  it('needs no HTTP server of its own, and tells on which ports its parts listen', async () => {
    const { sent, end, ports } = await start({}, { listens: false });
    expect(sent).toEqual([{ ready: true, ports: { own: 1, metrics: someNumber } }]);
    expect((await get(ports.metrics, '/health/ready')).status).toBe(200);
    await end();
    expect(order).toContain('shutdown');
  });

  it('tells what is wrong with its configuration and ends', async () => {
    const { errors, exits, sent } = await start({ CORDBOARD_EDGE_PORT: '' });
    expect(errors).toEqual(['test: CORDBOARD_EDGE_PORT is not set; it must be an integer number\n']);
    expect(exits).toEqual([1]);
    expect(sent).toEqual([]);
  });

  it('ends when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { exits, sent, events } = await start({ CORDBOARD_EDGE_PORT: String(port) });
    expect(exits).toEqual([1]);
    expect(sent).toEqual([]);
    other.close();
    events.emit('SIGTERM');
    await eventually(() => exits.length > 1);
  });
});
