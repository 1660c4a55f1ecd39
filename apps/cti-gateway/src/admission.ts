import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList } from 'node:net';
import { err, isId, ok, type Result } from '@cordboard/kernel';
import { HELLO_MS, STRANGER_MS } from './limits.ts';

/** What a client says first: which processor it is, and a token that proves it. */
export interface Hello {
  readonly processor: string;
  readonly token?: string | undefined;
}

/** Who is at the other end of a connection. */
export interface Caller {
  readonly remoteAddress: string | undefined;
  /** Of a client that showed a certificate. */
  readonly certificate?: { readonly valid: boolean; readonly name: string } | undefined;
}

export interface AdmissionOptions {
  /** Who a loopback client without a token is. */
  readonly processor: string;
  /** By processor. */
  readonly tokens: ReadonlyMap<string, string>;
}

/** Who may connect, and as which processor. */
export interface Admission {
  /** How long a hello is waited for, in ms. */
  readonly patienceMs: (caller: Caller) => number;
  /** The processor, or why not; `hello` is null when the client came without one. */
  readonly admit: (caller: Caller, hello: Hello | null) => Result<string, string>;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address is one of this machine itself, an IPv4 one in IPv6 clothes included. */
export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && loopback.check(address, address.includes(':') ? 'ipv6' : 'ipv4');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares without telling by its duration how much was right; an unknown processor takes as long. */
const isToken = (given: string, expected: string | undefined): boolean => {
  const same = timingSafeEqual(digest(given), digest(expected ?? ''));
  return same && expected !== undefined;
};

const byCertificate = ({ valid, name }: NonNullable<Caller['certificate']>): Result<string, string> => {
  if (!valid) return err('its certificate is not signed by an authority that is trusted here');
  return isId(name) ? ok(name) : err('the common name of its certificate is no name of a processor');
};

export const createAdmission = ({ processor, tokens }: AdmissionOptions): Admission => {
  const withoutProof = ({ remoteAddress }: Caller): Result<string, string> => {
    if (!isLoopback(remoteAddress)) return err('it came from another machine without a token');
    return tokens.has(processor) ? err(`processor ${processor} needs its token`) : ok(processor);
  };

  const byToken = ({ processor: name, token = '' }: Hello): Result<string, string> =>
    isToken(token, tokens.get(name)) ? ok(name) : err('its processor or its token is wrong');

  const provenBy = (caller: Caller, hello: Hello | null): Result<string, string> => {
    if (caller.certificate !== undefined) return byCertificate(caller.certificate);
    return hello?.token === undefined ? withoutProof(caller) : byToken(hello);
  };

  return {
    patienceMs: (caller) => (provenBy(caller, null).ok ? HELLO_MS : STRANGER_MS),
    admit: (caller, hello) => {
      const proven = provenBy(caller, hello);
      if (!proven.ok || hello === null || hello.processor === proven.value) return proven;
      const who =
        caller.certificate === undefined
          ? `without a token it can only be ${proven.value} (CORDBOARD_CTI_PROCESSOR)`
          : `its certificate is that of ${proven.value}`;
      return err(`it says to be ${hello.processor}, but ${who}`);
    },
  };
};
