import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTenantKeys, parseTenantKeys, tenantKeysIn } from './tenant-keys.ts';

const KEY = Buffer.alloc(32, 5);

describe('configured tenant keys', () => {
  it('are read by tenant', () => {
    const keys = parseTenantKeys(`demo=${KEY.toString('base64')},x=${Buffer.alloc(32).toString('base64')},`);
    expect(keys('demo')).toEqual(KEY);
    expect(keys('x')).toEqual(Buffer.alloc(32));
    expect(() => keys('absent')).toThrow('no key is configured for tenant absent');
  });

  it.each(['demo', '=AAAA', '../x=AAAA', 'demo=AAAA', `demo=${Buffer.alloc(33).toString('base64')}`])(
    'refuse %s without showing a key',
    (text) => {
      expect(() => parseTenantKeys(text)).toThrow(/tenant=base64|is not 32 bytes/);
    },
  );
});

describe('tenant keys in a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('are made once, for the owner of the folder alone', () => {
    const key = tenantKeysIn(folder)('demo');
    expect(key).toHaveLength(32);
    expect(tenantKeysIn(folder)('demo')).toEqual(key);
    expect(tenantKeysIn(folder)('other')).not.toEqual(key);
    const keys = join(folder, 'keys');
    expect(readdirSync(keys).sort()).toEqual(['demo.key', 'other.key']);
    expect(statSync(join(keys, 'demo.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(keys, 'demo.key'), 'utf8')).toBe(`${key.toString('base64')}\n`);
  });

  it('refuse a broken file and a name that is a path', () => {
    const keys = tenantKeysIn(folder);
    keys('demo');
    writeFileSync(join(folder, 'keys', 'half.key'), 'AAAA');
    expect(() => keys('half')).toThrow('the key of tenant half is not 32 bytes');
    expect(() => keys('../demo')).toThrow('tenant name');
  });

  it('give way to configured ones', () => {
    const keys = loadTenantKeys({ keys: `demo=${KEY.toString('base64')}`, dataDir: folder });
    expect(keys('demo')).toEqual(KEY);
    expect(() => keys('other')).toThrow('no key is configured');
    expect(loadTenantKeys({ keys: '', dataDir: folder })('other')).toHaveLength(32);
  });
});
