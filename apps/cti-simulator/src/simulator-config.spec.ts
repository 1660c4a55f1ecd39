import { loadConfig } from '@cordboard/runtime';
import { SimulatorConfig } from './simulator-config.ts';

const NATS = { CORDBOARD_NATS_URL: 'nats://127.0.0.1:4222' };
const TCP = { CORDBOARD_CTI_URL: 'tcp://gateway.example:8093' };
const TOKEN = 'never-shown-anywhere';

describe('what the simulator is told', () => {
  it('needs the address of NATS, and nothing else', () => {
    const loaded = loadConfig(SimulatorConfig, NATS);
    expect(loaded.ok && loaded.value.config).toMatchObject({
      natsUrl: NATS.CORDBOARD_NATS_URL,
      processor: 'sim',
      agents: 10,
      maxCalls: 1_000,
    });
    expect(loaded.ok && loaded.value.warnings).toEqual([]);
  });

  it('needs no NATS where it speaks to a gateway', () => {
    const loaded = loadConfig(SimulatorConfig, { ...TCP, CORDBOARD_CTI_TOKEN: TOKEN });
    expect(loaded.ok && loaded.value.config).toMatchObject({
      ctiUrl: 'tcp://gateway.example:8093',
      ctiToken: TOKEN,
    });
  });

  it.each<readonly [string, Record<string, string>]>([
    ['CORDBOARD_NATS_URL', {}],
    ['CORDBOARD_CTI_URL', { CORDBOARD_CTI_URL: 'http://127.0.0.1:8093' }],
    ['CORDBOARD_CTI_URL', { CORDBOARD_CTI_URL: 'tcp://127.0.0.1' }],
    ['CORDBOARD_CTI_URL', { CORDBOARD_CTI_URL: 'tcp://127.0.0.1:99999' }],
    ['CORDBOARD_CTI_TOKEN', { ...TCP, CORDBOARD_CTI_TOKEN: 'short' }],
    ['CORDBOARD_SIMULATOR_AGENTS', { ...NATS, CORDBOARD_SIMULATOR_AGENTS: '0' }],
    ['CORDBOARD_SIMULATOR_AGENTS', { ...NATS, CORDBOARD_SIMULATOR_AGENTS: '20001' }],
    ['CORDBOARD_SIMULATOR_MAX_CALLS', { ...NATS, CORDBOARD_SIMULATOR_MAX_CALLS: '20001' }],
    ['CORDBOARD_SIMULATOR_MAX_CALLS', { ...NATS, CORDBOARD_SIMULATOR_MAX_CALLS: 'many' }],
  ])('is refused for %s: %j', (name, env) => {
    const loaded = loadConfig(SimulatorConfig, env);
    expect(loaded.ok ? '' : loaded.error.join('\n')).toContain(name);
    expect(JSON.stringify(loaded)).not.toContain(TOKEN);
  });
});
