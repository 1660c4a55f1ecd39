import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APP_SETTINGS, type AppName } from '@cordboard/embedded';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { composeSchema } from './compose-schema.ts';
import { projectRoot } from './project-root.ts';

interface Service {
  readonly command?: readonly string[];
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const text = readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8');
const compose = parse(text, { merge: true }) as { readonly services: Readonly<Record<string, Service>> };
const service = (name: string): Service => compose.services[name] ?? {};
const APPS = Object.keys(APP_SETTINGS) as AppName[];

/** Only the private installation gives tokens to whoever asks. */
const DEVELOPMENT = 'CORDBOARD_DEV_TOKENS';

describe('docker-compose.yml', () => {
  it('has the form that Compose reads', () => {
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(composeSchema);
    expect(validate(compose) ? [] : validate.errors).toEqual([]);
  });

  it.each(APPS)('tells %s what the supervisor tells it', (app) => {
    const wanted = APP_SETTINGS[app].filter((name) => name !== DEVELOPMENT);
    expect(Object.keys(service(app).environment ?? {}).sort()).toEqual([...wanted].sort());
  });

  it.each(APPS)('runs the built file of %s', (app) => {
    expect(service(app).command).toEqual([`apps/${app}/dist/main.js`]);
  });

  it('gives the owner of the database to the migration alone, which everything waits for', () => {
    const told = Object.keys(compose.services).filter(
      (name) => 'CORDBOARD_DATABASE_OWNER_URL' in (service(name).environment ?? {}),
    );
    expect(told).toEqual(['migrate']);
    for (const app of APPS) {
      expect(service(app).depends_on?.['migrate']).toEqual({ condition: 'service_completed_successfully' });
    }
  });

  it.each(['CORDBOARD_JWT_SECRET', 'CORDBOARD_TENANT_KEYS'])('does not start without %s', (name) => {
    const values = APPS.flatMap((app) => service(app).environment?.[name] ?? []);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(value).toMatch(new RegExp(`^\\$\\{${name}:\\?.+\\}$`));
  });

  it('has no development endpoint, and the simulated switch only when asked for, on loopback', () => {
    expect(text).not.toContain(DEVELOPMENT);
    expect(service('cti-simulator').profiles).toEqual(['demo']);
    expect(service('cti-simulator').ports).toEqual(['127.0.0.1:8091:8091']);
  });

  it('has the gateway for adapters only when asked for', () => {
    expect(service('cti-gateway').profiles).toEqual(['tcp']);
    expect(service('cti-gateway').ports).toEqual(['${CORDBOARD_CTI_PORT:-8093}:8093']);
  });

  it('opens nothing else but the proxy', () => {
    const open = Object.keys(compose.services).filter((name) => service(name).ports !== undefined);
    expect(open.sort()).toEqual(['cti-gateway', 'cti-simulator', 'proxy']);
  });
});
