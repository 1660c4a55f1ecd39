import fc from 'fast-check';
import { chainHash, openingHead } from '../chain.ts';
import { draft, idAt, specimenVault } from '../specimen.ts';
import { parseTenantKeys } from './tenant-keys.ts';
import { createVault } from './vault.ts';

const S = idAt(Date.UTC(2026, 10, 21));
const vault = specimenVault('demo', 'other');
const head = { ...openingHead(S, 'demo'), epoch: 3 };
const personal = draft({
  type: 'MemberAdded',
  data: { member: { number: '+12025550123', name: 'Example' }, plain: 1 },
  personal: ['member.number', 'member.name', 'absent.field'],
  scope: 'I1',
  subjects: ['+12025550123', 'tel:+1 (202) 555-0123'],
});

describe('a recorded draft', () => {
  it('follows its head', () => {
    const keyring = vault.keyring(S, 'demo', []);
    const first = keyring.record(head, draft({ at: 1_000.7, name: 'a.b' }));
    expect(first.record).toMatchObject({
      sessionId: S,
      tenant: 'demo',
      seq: 1,
      epoch: 3,
      at: 1_000,
      pii: null,
      keyId: null,
    });
    expect(first.record.meta.previous).toBeNull();
    const second = keyring.record(first.head, draft({ at: 10 }));
    expect(second.record).toMatchObject({ seq: 2, at: 1_000 });
    expect(second.record.meta).not.toHaveProperty('previous');
    const third = keyring.record(second.head, draft({ name: 'c' }));
    expect(third.record.meta.previous).toBe(1);
    expect(third.record.hash.equals(chainHash(second.record.hash, third.record))).toBe(true);
    expect(third.head).toMatchObject({ seq: 3, wireSeq: 3, epoch: 3, hash: third.record.hash });
  });

  it('holds personal fields sealed only, and gives them back', () => {
    const keyring = vault.keyring(S, 'demo', []);
    const { record, keys, subjects } = keyring.record(head, personal);
    expect(record.data).toEqual({ member: { number: null, name: null }, plain: 1 });
    expect(keyring.open(record)).toEqual(personal.data);
    expect(keys).toMatchObject([{ keyId: record.keyId, tenant: 'demo', sessionId: S, scope: 'I1' }]);
    expect(subjects).toEqual([
      { tenant: 'demo', subject: vault.subject('demo', '+12025550123'), keyId: record.keyId },
    ]);
    expect(vault.keyring(S, 'demo', keys).open(record)).toEqual(personal.data);
    expect(vault.keyring(S, 'demo', []).open(record)).toEqual(record.data);
  });

  it('makes one key a scope and ties each person once', () => {
    const keyring = vault.keyring(S, 'demo', []);
    const first = keyring.record(head, personal);
    const same = keyring.record(first.head, personal);
    const other = keyring.record(same.head, { ...personal, scope: 'I2' });
    expect([same.keys, same.subjects, same.record.keyId]).toEqual([[], [], first.record.keyId]);
    expect(other.keys).toHaveLength(1);
    expect(other.subjects).toHaveLength(1);
    expect(other.record.keyId).not.toBe(first.record.keyId);
    const later = vault.keyring(S, 'demo', first.keys).record(other.head, personal);
    expect([later.keys, later.record.keyId]).toEqual([[], first.record.keyId]);
  });

  it('gets a new key when that of its scope was destroyed', () => {
    const first = vault.keyring(S, 'demo', []).record(head, personal);
    const destroyed = first.keys.map((key) => ({ ...key, wrapped: null }));
    const keyring = vault.keyring(S, 'demo', destroyed);
    expect(keyring.open(first.record)).toEqual(first.record.data);
    const second = keyring.record(first.head, personal);
    expect(second.keys).toHaveLength(1);
    const both = vault.keyring(S, 'demo', [...destroyed, ...second.keys]);
    expect(both.open(second.record)).toEqual(personal.data);
    expect(both.record(second.head, personal).keys).toEqual([]);
  });

  it('shows nothing of any personal value, in whatever row', () => {
    const text = fc
      .string({ minLength: 4, unit: 'grapheme' })
      .filter((value) => !/^[\d\s".,:{}[\]a-z]*$/i.test(value));
    fc.assert(
      fc.property(text, text, (number, name) => {
        const keyring = vault.keyring(S, 'demo', []);
        const data = { member: { number, name: { full: name } } };
        const recorded = keyring.record(head, { ...personal, data, subjects: [number] });
        const shown = JSON.stringify([recorded.record, recorded.keys, recorded.subjects]);
        for (const value of [number, name]) {
          expect(shown).not.toContain(JSON.stringify(value).slice(1, -1));
          expect(recorded.record.pii?.includes(value)).toBe(false);
        }
        expect(keyring.open(recorded.record)).toEqual(data);
      }),
    );
  });

  it('raises where a personal path leads into an array', () => {
    const keyring = vault.keyring(S, 'demo', []);
    const data = { members: [{ number: '1' }] };
    expect(() => keyring.record(head, draft({ data, personal: ['members.0.number'] }))).toThrow('array');
  });

  it('opens nowhere else', () => {
    const keyring = vault.keyring(S, 'demo', []);
    const { record, keys } = keyring.record(head, personal);
    expect(() => keyring.open({ ...record, seq: 2 })).toThrow();
    expect(() => keyring.open({ ...record, type: 'Other' })).toThrow();
    expect(() => vault.keyring(idAt(0), 'demo', keys).open(record)).toThrow();
    const foreign = createVault({ tenantKeys: () => Buffer.alloc(32, 9) });
    expect(() => foreign.keyring(S, 'demo', keys).open(record)).toThrow();
    const exchanged = keys.map((key) => ({ ...key, keyId: 'x' }));
    expect(() => vault.keyring(S, 'demo', exchanged).open({ ...record, keyId: 'x' })).toThrow();
  });
});

describe('a snapshot', () => {
  const clear = Buffer.from('{"member":"+12025550123"}');
  const keyed = () => {
    const keyring = vault.keyring(S, 'demo', []);
    return { keyring, recorded: keyring.record(head, personal) };
  };

  it('opens where its session has the keys that it had then, and shows nothing', () => {
    const { keyring, recorded } = keyed();
    const body = keyring.sealSnapshot(7, 's', clear);
    expect(body.includes('12025550123')).toBe(false);
    const later = keyring.record(recorded.head, { ...personal, scope: 'I2' });
    for (const keys of [recorded.keys, [...recorded.keys, ...later.keys]]) {
      expect(vault.keyring(S, 'demo', keys).openSnapshot(7, 's', body)).toEqual(clear);
    }
  });

  it('opens no more once a person was forgotten', () => {
    const { keyring, recorded } = keyed();
    const body = keyring.sealSnapshot(7, 's', clear);
    const destroyed = recorded.keys.map((key) => ({ ...key, wrapped: null }));
    expect(vault.keyring(S, 'demo', destroyed).openSnapshot(7, 's', body)).toBeNull();
    expect(vault.keyring(S, 'demo', []).openSnapshot(7, 's', body)).toBeNull();
  });

  it('opens nowhere else', () => {
    const { keyring, recorded } = keyed();
    const body = keyring.sealSnapshot(7, 's', clear);
    expect(keyring.openSnapshot(8, 's', body)).toBeNull();
    expect(keyring.openSnapshot(7, 't', body)).toBeNull();
    expect(vault.keyring(idAt(0), 'demo', recorded.keys).openSnapshot(7, 's', body)).toBeNull();
    expect(vault.keyring(S, 'other', recorded.keys).openSnapshot(7, 's', body)).toBeNull();
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const broken = Buffer.from(body);
        broken[at] = (broken[at] ?? 0) ^ by;
        expect(keyring.openSnapshot(7, 's', broken)).toBeNull();
        expect(keyring.openSnapshot(7, 's', body.subarray(0, at))).toBeNull();
      }),
    );
  });
});

describe('the digest of a command', () => {
  it('is 24 bytes: one part for the id, one for the content', () => {
    const parts = (tenant: string, id: string, content: string) => {
      const bytes = Buffer.from(vault.digest(tenant, id, content), 'base64');
      expect(bytes).toHaveLength(24);
      return [bytes.subarray(0, 16).toString('hex'), bytes.subarray(16).toString('hex')];
    };
    const [id, content] = parts('demo', 'r1', 'a');
    expect(parts('demo', 'r1', 'a')).toEqual([id, content]);
    expect(parts('demo', 'r1', 'b')).toEqual([id, expect.not.stringMatching(content!)]);
    expect(parts('demo', 'r2', 'a')).toEqual([expect.not.stringMatching(id!), content]);
  });

  it('depends on the tenant', () => {
    const two = createVault({
      tenantKeys: parseTenantKeys(
        `a=${Buffer.alloc(32, 1).toString('base64')}, b=${Buffer.alloc(32, 2).toString('base64')}`,
      ),
    });
    expect(two.digest('a', 'r', 'c')).not.toBe(two.digest('b', 'r', 'c'));
    expect(two.subject('a', '1').equals(two.subject('b', '1'))).toBe(false);
  });
});

describe('a person', () => {
  it.each([
    ['+12025550123', ' +1 (202) 555-0123 '],
    ['+12025550123', 'tel:+1-202-555.0123'],
    ['example@example.org', 'mailto:Example@Example.org'],
    ['1001@pbx.example.org', 'sip:1001@PBX.example.org'],
    ['anonymous', 'Anonymous'],
  ])('%s is found as %s', (one, other) => {
    expect(vault.subject('demo', one).equals(vault.subject('demo', other))).toBe(true);
  });

  it('is not another', () => {
    expect(vault.subject('demo', '+12025550123').equals(vault.subject('demo', '12025550123'))).toBe(false);
  });
});
