import { loadConfig } from '@cordboard/runtime';
import { EdgeConfig } from './edge-config.ts';

const complete = {
  CORDBOARD_NATS_URL: 'nats://127.0.0.1:4222',
  CORDBOARD_DATABASE_URL: 'postgres://127.0.0.1/cordboard',
  CORDBOARD_JWT_SECRET: 'x'.repeat(32),
};
const problems = (env: Record<string, string | undefined>): string => {
  const loaded = loadConfig(EdgeConfig, { ...complete, ...env });
  return loaded.ok ? '' : loaded.error.join('\n');
};

describe('EdgeConfig', () => {
  it('has a default for all but addresses and the secret', () => {
    const loaded = loadConfig(EdgeConfig, complete);
    expect(loaded.ok && loaded.value.config).toMatchObject({ port: 8080, devTokens: false, origins: [] });
    expect(loaded.ok && loaded.value.warnings).toEqual([]);
  });
  it.each([
    ['CORDBOARD_NATS_URL', { CORDBOARD_NATS_URL: undefined }],
    ['CORDBOARD_JWT_SECRET', { CORDBOARD_JWT_SECRET: undefined }],
    ['CORDBOARD_JWT_SECRET', { CORDBOARD_JWT_SECRET: 'short' }],
    ['CORDBOARD_JWKS_URL', { CORDBOARD_JWKS_URL: 'keys' }],
    ['CORDBOARD_JWT_ALGORITHM', { CORDBOARD_JWT_ALGORITHM: 'none' }],
    ['CORDBOARD_EDGE_PORT', { CORDBOARD_EDGE_PORT: '70000' }],
    ['CORDBOARD_ORIGINS', { CORDBOARD_ORIGINS: 'desk.example' }],
    ['CORDBOARD_RING_MS', { CORDBOARD_RING_MS: '3600001' }],
    ['CORDBOARD_COMMANDS_PER_SECOND', { CORDBOARD_COMMANDS_PER_SECOND: '0' }],
    ['CORDBOARD_DEV_TOKENS', { CORDBOARD_DEV_TOKENS: 'perhaps' }],
  ])('names %s when it is wrong, and shows no secret', (name, env) => {
    expect(problems(env)).toContain(name);
    expect(problems(env)).not.toContain('short');
  });
  it('needs no secret where an issuer publishes its keys', () => {
    const env = { CORDBOARD_JWT_SECRET: undefined, CORDBOARD_JWKS_URL: 'https://id.example/jwks.json' };
    expect(problems(env)).toBe('');
  });
});
