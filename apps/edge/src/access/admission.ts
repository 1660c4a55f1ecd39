import { type IncomingMessage } from 'node:http';
import { tokenOf } from './credentials.ts';
import { type Identity } from './identity.ts';
import { isOriginAllowed } from './origin.ts';
import { type TokenVerifier } from './token-verifier.ts';

/** An upgrade that is let in, or the HTTP answer that refuses it. */
export type Admitted =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly status: 401 | 403 | 503; readonly message: string };

export interface AdmissionRules {
  readonly verify: TokenVerifier;
  /** Empty: our own host only. */
  readonly origins: readonly string[];
  readonly maxSockets: number;
}

/** Decides who may open a socket. Sockets being opened count as open, so that a flood of upgrades is bounded. */
export class Admission {
  readonly #identities = new WeakMap<IncomingMessage, Identity>();
  #sockets = 0;

  constructor(private readonly rules: AdmissionRules) {}

  get sockets(): number {
    return this.#sockets;
  }

  async admit(request: IncomingMessage): Promise<Admitted> {
    if (!isOriginAllowed(request.headers, this.rules.origins)) {
      return { ok: false, status: 403, message: 'pages of this origin may not connect' };
    }
    if (this.#sockets >= this.rules.maxSockets) {
      return { ok: false, status: 503, message: 'too many connections' };
    }
    this.#take(request);
    const identity = await this.rules.verify(tokenOf(request.headers));
    if (!identity.ok) {
      const { kind, message } = identity.error;
      return { ok: false, status: kind === 'refused' ? 401 : 503, message };
    }
    this.#identities.set(request, identity.value);
    return { ok: true, identity: identity.value };
  }

  /** Who an admitted upgrade was for. */
  identityOf(request: IncomingMessage): Identity | undefined {
    return this.#identities.get(request);
  }

  /** A place is taken for as long as the connection lives, whatever becomes of the upgrade. */
  #take(request: IncomingMessage): void {
    this.#sockets += 1;
    request.socket.once('close', () => {
      this.#sockets -= 1;
    });
  }
}
