import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { virtualClock } from '@cordboard/testing';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createTokenVerifier } from './token-verifier.ts';

type Key = Parameters<SignJWT['sign']>[0];

describe('createTokenVerifier with the keys of an issuer', () => {
  let issuer: Server;
  let url: string;
  let key: Key;
  let asked: number;

  const sign = (algorithm: string, signer: Key): Promise<string> =>
    new SignJWT({ tenant: 'demo', roles: ['agent'] })
      .setProtectedHeader({ alg: algorithm, kid: 'one' })
      .setSubject('1001')
      .setAudience('cordboard')
      .setExpirationTime('1h')
      .sign(signer);

  beforeEach(async () => {
    const pair = await generateKeyPair('ES256');
    key = pair.privateKey;
    asked = 0;
    const keys = JSON.stringify({
      keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }],
    });
    issuer = createServer((_request, response) => {
      asked += 1;
      response.setHeader('content-type', 'application/json').end(keys);
    }).listen(0, '127.0.0.1');
    await once(issuer, 'listening');
    url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks.json`;
  });

  afterEach(() => new Promise((resolve) => issuer.close(resolve)));

  const verifier = (algorithm = 'ES256') =>
    createTokenVerifier({ kind: 'jwks', url, algorithm }, virtualClock(Date.now()));

  it('takes a token that the issuer signed, and asks for the keys once', async () => {
    const verify = verifier();
    const token = await sign('ES256', key);
    expect(await verify(token)).toMatchObject({ ok: true, value: { sub: '1001', tenant: 'demo' } });
    expect((await verify(token)).ok).toBe(true);
    expect(asked).toBe(1);
  });

  it('takes no other algorithm than the one configured', async () => {
    expect(await verifier('RS256')(await sign('ES256', key))).toMatchObject({ error: { kind: 'refused' } });
    const confused = await sign('HS256', new TextEncoder().encode('the public key, used as a secret'));
    expect(await verifier()(confused)).toMatchObject({ error: { kind: 'refused' } });
  });

  it('tells keys that cannot be had from a token that is refused', async () => {
    const verify = createTokenVerifier(
      { kind: 'jwks', url: url.replace(/:\d+/, ':1'), algorithm: 'ES256' },
      virtualClock(Date.now()),
    );
    expect(await verify(await sign('ES256', key))).toMatchObject({ error: { kind: 'unavailable' } });
  });
});
