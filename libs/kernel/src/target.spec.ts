import fc from 'fast-check';
import { deriveId } from './ids.ts';
import {
  formatTarget,
  parentTarget,
  parseTarget,
  parseTokens,
  type Target,
  targetKind,
  targetTokens,
} from './target.ts';

const SESSION = '01890a5d-ac96-774b-bcce-b302099a8057';
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,20}$/).filter((text) => text !== 'CONTROL');

const target: fc.Arbitrary<Target> = fc
  .record({ depth: fc.nat(3), grouped: fc.boolean(), ids: fc.array(id, { minLength: 4, maxLength: 4 }) })
  .map(({ depth, grouped, ids: [group, ...below] }) => ({
    session: SESSION,
    ...(grouped ? { channelgroup: group } : {}),
    ...(depth > 0 ? { channel: below[0] } : {}),
    ...(depth > 1 ? { interaction: below[1] } : {}),
    ...(depth > 2 ? { conversation: below[2] } : {}),
  }));

describe('target', () => {
  it('comes back from its path and from its tokens', () => {
    fc.assert(
      fc.property(target, (one) => {
        const path = formatTarget(one);
        const parsed = parseTarget(targetKind(one), path);
        expect(parsed.ok && formatTarget(parsed.value)).toBe(path);
        const tokens = parseTokens(targetTokens(one));
        expect(tokens.ok && targetTokens(tokens.value)).toEqual(targetTokens(one));
      }),
    );
  });

  it.each([
    ['session', SESSION, { session: SESSION }],
    ['channelgroup', `${SESSION}.g`, { session: SESSION, channelgroup: 'g' }],
    ['channel', `${SESSION}.c`, { session: SESSION, channel: 'c' }],
    ['channel', `${SESSION}.g.c`, { session: SESSION, channelgroup: 'g', channel: 'c' }],
    ['interaction', `${SESSION}.c.i`, { session: SESSION, channel: 'c', interaction: 'i' }],
    [
      'conversation',
      `${SESSION}.g.c.i.v`,
      { session: SESSION, channelgroup: 'g', channel: 'c', interaction: 'i', conversation: 'v' },
    ],
  ] as const)('reads a %s', (kind, path, expected) => {
    expect(parseTarget(kind, path)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['session', `${SESSION}.x`],
    ['session', SESSION.toUpperCase()],
    ['session', ''],
    ['channelgroup', SESSION],
    ['channel', `${SESSION}.a.b.c`],
    ['channel', `${SESSION}.`],
    ['channel', `${SESSION}.CONTROL`],
    ['channel', `${SESSION}.*`],
    ['interaction', `${SESSION}.c`],
    ['conversation', `${SESSION}.g.c.i.v.w`],
  ] as const)('refuses %s %s', (kind, path) => {
    expect(parseTarget(kind, path)).toEqual({ ok: false, error: 'INVALID_TARGET' });
  });

  it('refuses tokens with a hole, and never raises on any tokens', () => {
    expect(parseTokens([SESSION, '_', '_', 'i', '_']).ok).toBe(false);
    expect(parseTokens([SESSION, 'g', '_', '_', 'v']).ok).toBe(false);
    fc.assert(fc.property(fc.array(fc.string()), (tokens) => typeof parseTokens(tokens).ok === 'boolean'));
  });

  it('knows the parent', () => {
    expect(formatTarget(parentTarget({ session: SESSION, channelgroup: 'g', channel: 'c' }))).toBe(
      `${SESSION}.g`,
    );
    expect(formatTarget(parentTarget({ session: SESSION, channel: 'c', interaction: 'i' }))).toBe(
      `${SESSION}.c`,
    );
    expect(formatTarget(parentTarget({ session: SESSION }))).toBe(SESSION);
  });
});

describe('derived ids', () => {
  it('are canonical, differ from each other and follow from the seed', () => {
    const ids = Array.from({ length: 300 }, (_, index) => deriveId(SESSION, index));
    expect(new Set(ids).size).toBe(300);
    expect(ids[255]).toBe('01890a5d-ac96-774b-bcce-b302099a00ff');
  });
});
