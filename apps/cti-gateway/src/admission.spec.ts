import { type Caller, createAdmission, type Hello, isLoopback } from './admission.ts';
import { HELLO_MS, STRANGER_MS } from './limits.ts';

const TOKEN = 'a-token-of-acme-42';
const admission = createAdmission({ processor: 'tcp', tokens: new Map([['acme', TOKEN]]) });
const strict = createAdmission({ processor: 'tcp', tokens: new Map([['tcp', TOKEN]]) });

const here: Caller = { remoteAddress: '127.0.0.1' };
const far: Caller = { remoteAddress: '192.0.2.7' };
const proven: Caller = { ...far, certificate: { valid: true, name: 'acme' } };
const acme: Hello = { processor: 'acme', token: TOKEN };

describe('an address of this machine', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['192.0.2.7', false],
    ['::ffff:192.0.2.7', false],
    ['2001:db8::1', false],
    ['127.0.0.1.example', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});

describe('who may connect', () => {
  it.each<[string, Caller, Hello | null, string]>([
    ['a client of this machine without a word', here, null, 'tcp'],
    ['a client of this machine that says who it is', here, { processor: 'tcp' }, 'tcp'],
    ['a client with its token', here, acme, 'acme'],
    ['a client of another machine with its token', far, acme, 'acme'],
    ['a client with a certificate', proven, null, 'acme'],
    ['a client with a certificate that says who it is', proven, { processor: 'acme' }, 'acme'],
    ['a client with a certificate, whatever its token', proven, { processor: 'acme', token: 'x' }, 'acme'],
  ])('%s', (_what, caller, hello, processor) => {
    expect(admission.admit(caller, hello)).toEqual({ ok: true, value: processor });
  });

  it.each<[string, Caller, Hello | null, RegExp]>([
    ['another machine without a word', far, null, /another machine/],
    ['another machine without a token', far, { processor: 'tcp' }, /another machine/],
    ['no address', { remoteAddress: undefined }, null, /another machine/],
    ['a wrong token', far, { processor: 'acme', token: `${TOKEN}x` }, /token is wrong/],
    ['an empty token', here, { processor: 'acme', token: '' }, /token is wrong/],
    ['a processor without a token', far, { processor: 'other', token: '' }, /token is wrong/],
    ['a processor of the prototype', far, { processor: 'constructor', token: '' }, /token is wrong/],
    [
      'the name of another processor',
      here,
      { processor: 'acme' },
      /says to be acme, but without a token it can only be tcp/,
    ],
    [
      'a certificate of another processor',
      proven,
      { processor: 'other', token: TOKEN },
      /says to be other, but its certificate is that of acme/,
    ],
    [
      'a certificate that nobody signed',
      { ...here, certificate: { valid: false, name: 'tcp' } },
      null,
      /not signed/,
    ],
    [
      'a certificate that names no processor',
      { ...far, certificate: { valid: true, name: 'a b' } },
      null,
      /common name/,
    ],
  ])('nobody with %s', (_what, caller, hello, why) => {
    const admitted = admission.admit(caller, hello);
    expect(admitted.ok ? admitted.value : admitted.error).toMatch(why);
    expect(admitted.ok).toBe(false);
  });

  it('a processor with a token needs it, also on this machine', () => {
    expect(strict.admit(here, null)).toEqual({ ok: false, error: 'processor tcp needs its token' });
    expect(strict.admit(here, { processor: 'tcp', token: TOKEN })).toEqual({ ok: true, value: 'tcp' });
  });

  it('who needs no hello is not waited for', () => {
    expect([here, proven, far].map(admission.patienceMs)).toEqual([HELLO_MS, HELLO_MS, STRANGER_MS]);
    expect(strict.patienceMs(here)).toBe(STRANGER_MS);
  });
});
