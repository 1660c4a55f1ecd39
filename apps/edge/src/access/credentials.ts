import { type IncomingHttpHeaders } from 'node:http';

export const SUBPROTOCOL = 'cordboard.v1';
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;
const BEARER_PROTOCOL = /^bearer\.([\w.-]+)$/;

/**
 * The token of an upgrade: `Authorization: Bearer <jwt>`, or, as browsers cannot set headers, the second value
 * of `Sec-WebSocket-Protocol: cordboard.v1, bearer.<jwt>`. Empty when there is none.
 */
export const tokenOf = (headers: IncomingHttpHeaders): string => {
  const header = BEARER.exec(headers.authorization ?? '')?.[1];
  if (header !== undefined) return header;
  const [version, credential] = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((value) => value.trim());
  return version === SUBPROTOCOL ? (BEARER_PROTOCOL.exec(credential ?? '')?.[1] ?? '') : '';
};
