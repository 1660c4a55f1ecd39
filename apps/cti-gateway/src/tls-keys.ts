import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { type GatewayConfig } from './gateway-config.ts';
import { type TlsKeys } from './listener.ts';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const readNamed = (variable: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`the file that ${variable} names cannot be read: ${reasonOf(error)}`);
  }
};

/** The keys that the configuration names, or none. Throws what is wrong with them. */
export const readTlsKeys = ({
  tlsCert,
  tlsKey,
  tlsCa,
}: Pick<GatewayConfig, 'tlsCert' | 'tlsKey' | 'tlsCa'>): TlsKeys | undefined => {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const keys = {
    cert: readNamed('CORDBOARD_CTI_TLS_CERT', tlsCert),
    key: readNamed('CORDBOARD_CTI_TLS_KEY', tlsKey),
    ...(tlsCa === undefined ? {} : { ca: readNamed('CORDBOARD_CTI_TLS_CA', tlsCa) }),
  };
  try {
    createSecureContext(keys);
  } catch (error) {
    throw new Error(`the certificates or the key of CORDBOARD_CTI_TLS_* cannot be used: ${reasonOf(error)}`);
  }
  return keys;
};
