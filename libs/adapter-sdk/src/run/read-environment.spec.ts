import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testAuthority } from '@cordboard/testing';
import { readEnvironment } from './read-environment.ts';

const TOKEN = 'a-token-of-sixteen';
let keys: Readonly<Record<'ca' | 'cert' | 'key', string>>;
let folder: string;
const fileOf = (name: string): string => join(folder, `${name}.pem`);

beforeAll(async () => {
  const authority = await testAuthority('Example authority');
  keys = { ca: authority.cert, ...(await authority.issue('acme')) };
  folder = mkdtempSync(join(tmpdir(), 'cordboard-'));
  for (const [name, pem] of Object.entries(keys)) writeFileSync(fileOf(name), pem);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the environment of an adapter', () => {
  it('leads to a gateway', () => {
    expect(
      readEnvironment({ CORDBOARD_CTI_URL: ' tcp://127.0.0.1:8093 ', CORDBOARD_CTI_TOKEN: TOKEN }, 'acme'),
    ).toEqual({
      tenant: 'demo',
      processor: 'acme',
      instance: 'acme-1',
      by: { carrier: 'tcp', host: '127.0.0.1', port: 8093, token: TOKEN, tls: undefined },
    });
  });

  it('leads there with TLS', () => {
    const files = {
      CORDBOARD_CTI_CA: fileOf('ca'),
      CORDBOARD_CTI_CERT: fileOf('cert'),
      CORDBOARD_CTI_KEY: fileOf('key'),
    };
    expect(readEnvironment({ CORDBOARD_CTI_URL: 'tls://[::1]:8093', ...files }, 'acme').by).toMatchObject({
      host: '::1',
      tls: keys,
    });
    expect(readEnvironment({ CORDBOARD_CTI_URL: 'tls://gateway:8093' }, 'acme').by).toMatchObject({
      host: 'gateway',
      tls: { ca: undefined, cert: undefined },
    });
  });

  it('leads to NATS, unless a gateway is named too', () => {
    const env = {
      CORDBOARD_NATS_URL: 'nats://user:secret@127.0.0.1:4222',
      CORDBOARD_NATS_CREDS: '',
      CORDBOARD_TENANT: 'big',
      CORDBOARD_PROCESSOR: 'other',
      CORDBOARD_INSTANCE: 'here',
    };
    expect(readEnvironment(env, 'acme')).toEqual({
      tenant: 'big',
      processor: 'other',
      instance: 'here',
      by: { carrier: 'nats', url: env.CORDBOARD_NATS_URL, credsFile: undefined },
    });
    const both = { ...env, CORDBOARD_CTI_URL: 'tcp://gateway:8093' };
    expect(readEnvironment(both, 'acme').by.carrier).toBe('tcp');
  });

  const gateway = { CORDBOARD_CTI_URL: 'tcp://gateway:8093' };
  const safe = { CORDBOARD_CTI_URL: 'tls://gateway:8093' };
  it.each<[string, Record<string, string>, RegExp]>([
    ['nothing', {}, /way to Cordboard is missing; set CORDBOARD_CTI_URL to tcp:/],
    [
      'no port',
      { CORDBOARD_CTI_URL: 'tcp://gateway' },
      /CORDBOARD_CTI_URL is no address; set it|set CORDBOARD_CTI_URL/,
    ],
    ['another scheme', { CORDBOARD_CTI_URL: 'http://gateway:8093' }, /CORDBOARD_CTI_URL is no address/],
    ['no address', { CORDBOARD_CTI_URL: 'gateway' }, /CORDBOARD_CTI_URL is no address/],
    ['a short token', { ...gateway, CORDBOARD_CTI_TOKEN: 'secret' }, /CORDBOARD_CTI_TOKEN must have 16/],
    ['certificates without TLS', { ...gateway, CORDBOARD_CTI_CA: 'a.pem' }, /are for TLS/],
    [
      'no such file',
      { ...safe, CORDBOARD_CTI_CA: '/nowhere/a.pem' },
      /CORDBOARD_CTI_CA names a file that cannot be read/,
    ],
    [
      'a file that is no certificate',
      { ...safe, CORDBOARD_CTI_CERT: 'package.json', CORDBOARD_CTI_KEY: 'package.json' },
      /CORDBOARD_CTI_CA, CORDBOARD_CTI_CERT, CORDBOARD_CTI_KEY cannot be used: /,
    ],
    ['half a pair', { ...safe, CORDBOARD_CTI_CERT: '/dev/null' }, /belong together/],
    ['no NATS address', { CORDBOARD_NATS_URL: '127.0.0.1:4222' }, /CORDBOARD_NATS_URL is no address/],
    [
      'no credentials',
      { CORDBOARD_NATS_URL: 'nats://a:1', CORDBOARD_NATS_CREDS: '/nowhere' },
      /CORDBOARD_NATS_CREDS names/,
    ],
    ['a bad instance', { ...gateway, CORDBOARD_INSTANCE: 'a b' }, /CORDBOARD_INSTANCE must be 1 to 64/],
    ['a bad tenant', { ...gateway, CORDBOARD_TENANT: 'a.b' }, /CORDBOARD_TENANT must be 1 to 64/],
    [
      'a bad processor',
      { ...gateway, CORDBOARD_PROCESSOR: 'CONTROL' },
      /CORDBOARD_PROCESSOR must be 1 to 64/,
    ],
  ])('with %s is refused in words', (_, env, words) => {
    expect(() => readEnvironment(env, 'acme')).toThrow(words);
  });

  it('tells all that is wrong at once, and no secret', () => {
    const env = { CORDBOARD_CTI_URL: 'x', CORDBOARD_CTI_TOKEN: 'hush', CORDBOARD_TENANT: '' };
    const lines = ((): string[] => {
      try {
        readEnvironment(env, 'a c m e');
        return [];
      } catch (error) {
        return error instanceof Error ? error.message.split('\n') : [];
      }
    })();
    expect(lines).toHaveLength(5);
    expect(lines.join(' ')).not.toContain('hush');
  });
});
