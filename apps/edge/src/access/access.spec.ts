import { tokenOf } from './credentials.ts';
import { identityOf } from './identity.ts';
import { isLoopbackAddress, isLoopbackHost, isOriginAllowed } from './origin.ts';

describe('tokenOf', () => {
  it.each([
    [{ authorization: 'Bearer a.b-c._d' }, 'a.b-c._d'],
    [{ authorization: 'bearer abc' }, 'abc'],
    [{ 'sec-websocket-protocol': 'cordboard.v1, bearer.a.b.c' }, 'a.b.c'],
    [{ 'sec-websocket-protocol': 'cordboard.v1,bearer.a.b.c' }, 'a.b.c'],
    [{ 'sec-websocket-protocol': 'bearer.a.b.c, cordboard.v1' }, ''],
    [{ 'sec-websocket-protocol': 'cordboard.v2, bearer.a.b.c' }, ''],
    [{ 'sec-websocket-protocol': 'cordboard.v1' }, ''],
    [{ authorization: 'Basic YTpi' }, ''],
    [{}, ''],
  ])('of %j is %j', (headers, token) => {
    expect(tokenOf(headers)).toBe(token);
  });
});

describe('isOriginAllowed', () => {
  const host = 'desk.example:8080';
  it.each([
    [undefined, [], true],
    ['http://desk.example:8080', [], true],
    ['https://DESK.example:8080', [], true],
    ['http://desk.example', [], false],
    ['http://evil.example', [], false],
    ['null', [], false],
    ['http://evil.example', ['https://a.example'], false],
    ['http://desk.example:8080', ['https://a.example'], false],
    ['https://a.example', ['https://a.example'], true],
  ])('of %j with %j is %j', (origin, allowed, outcome) => {
    expect(isOriginAllowed({ host, ...(origin === undefined ? {} : { origin }) }, allowed)).toBe(outcome);
  });
  it('needs a Host to compare with', () => {
    expect(isOriginAllowed({ origin: 'http://desk.example' }, [])).toBe(false);
  });
});

describe('loopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['1127.0.0.1', false],
    [undefined, false],
  ])('address %j: %j', (address, outcome) => {
    expect(isLoopbackAddress(address)).toBe(outcome);
  });
  it.each([
    ['localhost:8080', true],
    ['127.0.0.1', true],
    ['[::1]:8080', true],
    ['evil.example:8080', false],
    ['localhost.evil.example', false],
    [undefined, false],
  ])('host %j: %j', (host, outcome) => {
    expect(isLoopbackHost(host === undefined ? {} : { host })).toBe(outcome);
  });
});

describe('identityOf', () => {
  const claims = { sub: '1001', tenant: 'demo', exp: 10 };
  it('reads who speaks, with empty lists when none are given', () => {
    expect(identityOf(claims)).toEqual({
      ok: true,
      value: { sub: '1001', tenant: 'demo', roles: [], teams: [], grants: [], expiresAt: 10_000 },
    });
  });
  it.each([
    ['sub', { ...claims, sub: '10 01' }],
    ['tenant', { ...claims, tenant: '*' }],
    ['exp', { ...claims, exp: 'soon' }],
    ['roles', { ...claims, roles: 'agent' }],
    ['roles', { ...claims, roles: [1] }],
    ['teams', { ...claims, teams: ['a.b'] }],
    ['grants', { ...claims, grants: ['x'.repeat(401)] }],
  ])('refuses a bad %s', (name, bad) => {
    const identity = identityOf(bad);
    expect(identity.ok ? '' : identity.error).toContain(name);
  });
});
