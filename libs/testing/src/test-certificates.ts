import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, as PEM texts. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority of one's own. */
export interface TestAuthority extends TestCertificate {
  /** A certificate for a name, good for 127.0.0.1 and localhost. */
  readonly issue: (name: string) => TestCertificate;
}

interface Signer {
  readonly name: string;
  readonly key: KeyObject;
}

const lengthOf = (bytes: number): Buffer =>
  bytes < 128 ? Buffer.of(bytes) : Buffer.of(0x82, bytes >> 8, bytes & 255);

/** One element of ASN.1 in DER: its tag, its length, its content. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

const ECDSA_WITH_SHA256 = sequence(hex('06082a8648ce3d040302'));
const COMMON_NAME = hex('0603550403');
const BASIC_CONSTRAINTS = hex('0603551d13');
const SUBJECT_ALTERNATIVE_NAME = hex('0603551d11');
const VERSION_3 = hex('a003020102');
const TRUE = hex('0101ff');
/** From 2020 to 2120, so that no machine's clock is outside it. */
const VALIDITY = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x18, Buffer.from('21200101000000Z')));

const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));

const AUTHORITY = sequence(BASIC_CONSTRAINTS, TRUE, der(0x04, sequence(TRUE)));
const THIS_MACHINE = sequence(
  SUBJECT_ALTERNATIVE_NAME,
  der(0x04, sequence(der(0x87, Buffer.of(127, 0, 0, 1)), der(0x82, Buffer.from('localhost')))),
);

const certify = (name: string, publicKey: KeyObject, by: Signer, extension: Buffer): string => {
  const content = sequence(
    VERSION_3,
    der(0x02, Buffer.of(1), randomBytes(8)),
    ECDSA_WITH_SHA256,
    nameOf(by.name),
    VALIDITY,
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', content, by.key));
  const lines =
    sequence(content, ECDSA_WITH_SHA256, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Makes an authority whose certificates are good for tests on this machine; nothing is written anywhere. */
export const testAuthority = (name = 'Test authority'): TestAuthority => {
  const own = newKeys();
  const signer = { name, key: own.privateKey };
  return {
    cert: certify(name, own.publicKey, signer, AUTHORITY),
    key: pem(own.privateKey),
    issue: (subject) => {
      const { publicKey, privateKey } = newKeys();
      return { cert: certify(subject, publicKey, signer, THIS_MACHINE), key: pem(privateKey) };
    },
  };
};
