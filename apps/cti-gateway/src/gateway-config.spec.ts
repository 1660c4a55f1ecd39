import { loadConfig } from '@cordboard/runtime';
import { GatewayConfig, tokensOf } from './gateway-config.ts';

const complete = { CORDBOARD_NATS_URL: 'nats://127.0.0.1:4222' };
const TOKEN = 'never-shown-anywhere';
const load = (env: Record<string, string | undefined>) => loadConfig(GatewayConfig, { ...complete, ...env });
const problems = (env: Record<string, string | undefined>): string => {
  const loaded = load(env);
  return loaded.ok ? '' : loaded.error.join('\n');
};

describe('GatewayConfig', () => {
  it('has a default for all but the address of NATS', () => {
    const loaded = load({});
    expect(loaded.ok && loaded.value.config).toMatchObject({
      tenant: 'demo',
      instance: 'gateway-1',
      processor: 'tcp',
      ctiHost: '127.0.0.1',
      ctiPort: 8093,
      maxBytes: 524_288,
      tokens: [],
    });
    expect(loaded.ok && loaded.value.warnings).toEqual([]);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['CORDBOARD_NATS_URL', { CORDBOARD_NATS_URL: undefined }],
    ['CORDBOARD_TENANT', { CORDBOARD_TENANT: 'a.b' }],
    ['CORDBOARD_INSTANCE', { CORDBOARD_INSTANCE: 'a b' }],
    ['CORDBOARD_CTI_PROCESSOR', { CORDBOARD_CTI_PROCESSOR: 'CONTROL' }],
    ['CORDBOARD_CTI_PORT', { CORDBOARD_CTI_PORT: '65536' }],
    ['CORDBOARD_CTI_MAX_BYTES', { CORDBOARD_CTI_MAX_BYTES: '4095' }],
    ['CORDBOARD_CTI_MAX_BYTES', { CORDBOARD_CTI_MAX_BYTES: '16777217' }],
    ['CORDBOARD_CTI_TOKENS', { CORDBOARD_CTI_TOKENS: TOKEN }],
    ['CORDBOARD_CTI_TOKENS', { CORDBOARD_CTI_TOKENS: 'acme=short' }],
    ['CORDBOARD_CTI_TOKENS', { CORDBOARD_CTI_TOKENS: `a.b=${TOKEN}` }],
    ['CORDBOARD_CTI_TOKENS', { CORDBOARD_CTI_TOKENS: `acme=${TOKEN},acme=${TOKEN}2` }],
    ['CORDBOARD_CTI_TLS_KEY', { CORDBOARD_CTI_TLS_CERT: '/tls/server.pem' }],
    ['CORDBOARD_CTI_TLS_CERT', { CORDBOARD_CTI_TLS_KEY: '/tls/server.key' }],
    ['CORDBOARD_CTI_TLS_CERT', { CORDBOARD_CTI_TLS_CA: '/tls/ca.pem' }],
  ])('names %s when it is wrong, and shows no token', (name, env) => {
    expect(problems(env)).toContain(name);
    expect(problems(env)).not.toContain(TOKEN);
  });

  it('reads tokens by processor, with whatever signs they have', () => {
    const loaded = load({ CORDBOARD_CTI_TOKENS: `acme=${TOKEN}==, other=x=${TOKEN}` });
    expect(loaded.ok && [...tokensOf(loaded.value.config)]).toEqual([
      ['acme', `${TOKEN}==`],
      ['other', `x=${TOKEN}`],
    ]);
  });

  it('takes a certificate with its key, and who signs those of clients', () => {
    const files = {
      CORDBOARD_CTI_TLS_CERT: '/tls/server.pem',
      CORDBOARD_CTI_TLS_KEY: '/tls/server.key',
      CORDBOARD_CTI_TLS_CA: '/tls/ca.pem',
    };
    expect(problems(files)).toBe('');
  });
});
