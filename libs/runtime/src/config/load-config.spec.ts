import { IsArray, IsBoolean, IsInt, IsNotEmpty, IsOptional, Max, Min, MinLength } from 'class-validator';
import { Env } from './env.ts';
import { loadConfig } from './load-config.ts';
import { RuntimeConfig } from './runtime-config.ts';

class EdgeConfig extends RuntimeConfig {
  @Env('CORDBOARD_NATS_URL', { hint: 'set it to the address of NATS, such as nats://127.0.0.1:4222' })
  @IsNotEmpty()
  natsUrl!: string;

  @Env('CORDBOARD_EDGE_PORT', { as: 'integer' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8080;

  @Env('CORDBOARD_JWT_SECRET', { secret: true })
  @IsOptional()
  @MinLength(32)
  jwtSecret?: string;

  @Env('CORDBOARD_ORIGINS', { as: 'list' })
  @IsArray()
  origins: readonly string[] = [];

  @Env('CORDBOARD_DEV_TOKENS', { as: 'flag' })
  @IsBoolean()
  devTokens: boolean = false;
}

const NATS = { CORDBOARD_NATS_URL: 'nats://127.0.0.1:4222' };
const problemsOf = (env: Record<string, string>): readonly string[] => {
  const loaded = loadConfig(EdgeConfig, env);
  return loaded.ok ? [] : loaded.error;
};

describe('configuration', () => {
  it('reads each variable as what it is, and keeps defaults for the rest', () => {
    const loaded = loadConfig(EdgeConfig, {
      ...NATS,
      CORDBOARD_EDGE_PORT: ' 0 ',
      CORDBOARD_ORIGINS: 'https://a.example, https://b.example,',
      CORDBOARD_DEV_TOKENS: 'TRUE',
      CORDBOARD_JWT_SECRET: '',
    });
    expect(loaded).toMatchObject({ ok: true, value: { warnings: [] } });
    expect(loaded.ok && { ...loaded.value.config }).toEqual({
      logLevel: 'info',
      host: '127.0.0.1',
      metricsPort: 0,
      natsUrl: 'nats://127.0.0.1:4222',
      port: 0,
      origins: ['https://a.example', 'https://b.example'],
      devTokens: true,
    });
    expect(loaded.ok && loaded.value.config).toBeInstanceOf(EdgeConfig);
  });

  it.each([
    [{}, 'CORDBOARD_NATS_URL is not set; set it to the address of NATS, such as nats://127.0.0.1:4222'],
    [
      { ...NATS, CORDBOARD_EDGE_PORT: '70000' },
      'CORDBOARD_EDGE_PORT is "70000", but must not be greater than 65535',
    ],
    [
      { ...NATS, CORDBOARD_EDGE_PORT: '80 80' },
      'CORDBOARD_EDGE_PORT is "80 80", but must be an integer number',
    ],
    [{ ...NATS, CORDBOARD_DEV_TOKENS: 'yes' }, 'CORDBOARD_DEV_TOKENS is "yes", but must be a boolean value'],
    [
      { ...NATS, CORDBOARD_METRICS_PORT: '-1' },
      'CORDBOARD_METRICS_PORT is "-1", but must not be less than 0; set it to a port, or 0 for any free one',
    ],
    [
      { ...NATS, CORDBOARD_LOG_LEVEL: 'loud' },
      'CORDBOARD_LOG_LEVEL is "loud", but must be one of the following values: debug, info, warn, error, silent',
    ],
    [
      { ...NATS, CORDBOARD_JWT_SECRET: 'hunter2' },
      'CORDBOARD_JWT_SECRET is a value (not shown), but must be longer than or equal to 32 characters',
    ],
  ])('says what is wrong in one line: %j', (env, line) => {
    expect(problemsOf(env)).toEqual([line]);
  });

  it('names every problem at once', () => {
    expect(problemsOf({ CORDBOARD_EDGE_PORT: 'x', CORDBOARD_JWT_SECRET: 'short' })).toHaveLength(3);
  });

  it('warns of a variable that nothing reads, not of those of other apps or other programs', () => {
    const env = { ...NATS, CORDBOARD_EGDE_PORT: '1', CORDBOARD_SIMULATOR_PORT: '8091', PATH: '/bin' };
    const loaded = loadConfig(EdgeConfig, env);
    expect(loaded.ok && loaded.value.warnings).toEqual([
      'CORDBOARD_EGDE_PORT is set, but Cordboard has no such variable; check its spelling',
    ]);
  });

  it('shows no password of an address, and no endless value', () => {
    const env = { ...NATS, CORDBOARD_EDGE_PORT: `postgres://me:hunter2@host/${'x'.repeat(500)}` };
    const [problem = ''] = problemsOf(env);
    expect(problem).not.toContain('hunter2');
    expect(problem.length).toBeLessThan(200);
  });

  it('keeps the variables of one class out of another', () => {
    expect(loadConfig(RuntimeConfig, { CORDBOARD_EDGE_PORT: 'x' })).toMatchObject({ ok: true });
  });
});
