import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Carrier, openNatsCarrier, openTcpCarrier, runAdapterConformance } from '@cordboard/conformance';
import { privateNats } from '@cordboard/testing';

const HERE = join(process.cwd(), 'test', 'example-adapter');
const TSC = join(process.cwd(), 'node_modules', 'typescript', 'bin', 'tsc');

beforeAll(() => {
  const { status, stdout } = spawnSync(process.execPath, [TSC, '-p', HERE], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
}, 120_000);

/** Plays the bridge against the example as a process of its own, then ends that in order. */
const check = async (carrier: Carrier, env: Readonly<Record<string, string>>): Promise<void> => {
  const main = join(HERE, 'dist', 'main.js');
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  try {
    const agents = { agents: ['101', '102'], password: '1234', dial: '+12025550100' };
    const asked = { carrier, processor: 'little', levels: ['basic'] as const, settleMs: 20 };
    const { entries } = await runAdapterConformance({ ...asked, ...agents });
    expect(entries.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(entries.filter(({ status }) => status === 'ok').length).toBeGreaterThan(20);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } catch (error) {
    throw new Error(`${String(error)}\n${said}`);
  } finally {
    child.kill('SIGKILL');
  }
};

describe('the example as a process', () => {
  it('passes the kit over TCP', async () => {
    const carrier = await openTcpCarrier({ host: '127.0.0.1', port: 0, processor: 'little' });
    await check(carrier, { CORDBOARD_CTI_URL: `tcp://${carrier.where}` });
  });

  it('passes the kit over NATS', async () => {
    const nats = await privateNats();
    const carrier = await openNatsCarrier({ url: nats.url }, { tenant: 'demo', processor: 'little' });
    await check(carrier, { CORDBOARD_NATS_URL: nats.url });
    await nats.stop();
  });
});
