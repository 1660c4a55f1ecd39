import { type JsonObject, type Target } from '@cordboard/kernel';
import { type CommandName } from './catalogue/commands.ts';
import { type ServiceCommandName } from './catalogue/service-commands.ts';

interface Parsed {
  /** As received, blanks around it dropped; answers echo this spelling. */
  readonly command: string;
  readonly requestId: string;
  /** The target as received, a dotted path. */
  readonly path?: string | undefined;
  /** As received, `{}` when absent; checked against the command. Holds passwords and tokens: never log it. */
  readonly data: JsonObject;
  /** `data` as checked and brought to one form (`CommandData` of the command); empty if nobody looks at it. */
  readonly values: object;
  /** The whole request as received, without its secrets. */
  readonly original: JsonObject;
  /** The text as received, where it holds no secret and a `requestId` of its own: it can travel on as it is. */
  readonly text?: string | undefined;
}

/** A command on an object of a session, with its target read. */
export interface SessionRequest extends Parsed {
  readonly kind: 'session';
  readonly canonical: CommandName;
  readonly target: Target;
}

/** A command of the WebSocket profile; `bindSession` alone has a target. */
export interface ServiceRequest extends Parsed {
  readonly kind: 'service';
  readonly canonical: ServiceCommandName;
  readonly target?: Target | undefined;
}

/** A request that is well formed: its command is known, its target and data fit. */
export type ParsedRequest = SessionRequest | ServiceRequest;
