import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type Extension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its key, as PEM texts. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority of one's own. */
export interface TestAuthority extends TestCertificate {
  /** A certificate for a name, good for 127.0.0.1 and localhost. */
  readonly issue: (name: string) => Promise<TestCertificate>;
}

interface Issuer {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** So long that no machine's clock is outside it. */
const VALIDITY = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2120-01-01T00:00:00Z') };

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const pemOf = async (
  name: string,
  keys: webcrypto.CryptoKeyPair,
  issuer: Issuer,
  extension: Extension,
): Promise<TestCertificate> => {
  const certificate = await X509CertificateGenerator.create({
    ...VALIDITY,
    subject: [{ CN: [name] }],
    issuer: [{ CN: [issuer.name] }],
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [extension],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') };
};

/** Makes an authority whose certificates are good for tests on this machine; nothing is written anywhere. */
export const testAuthority = async (name = 'Test authority'): Promise<TestAuthority> => {
  const issuer = { name, keys: await newKeys() };
  const own = await pemOf(name, issuer.keys, issuer, new BasicConstraintsExtension(true, undefined, true));
  const here = new SubjectAlternativeNameExtension([
    { type: 'ip', value: '127.0.0.1' },
    { type: 'dns', value: 'localhost' },
  ]);
  return { ...own, issue: async (subject) => pemOf(subject, await newKeys(), issuer, here) };
};
