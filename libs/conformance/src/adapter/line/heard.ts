import { type CtiMessage, parseCtiMessage } from '@cordboard/cti-protocol';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { type Said } from '../carrier/carrier.ts';

/** What an adapter said, read; any of it may be wrong. */
export interface Heard {
  /** Place among all that was heard, from 0. */
  readonly index: number;
  readonly kind: 'answer' | 'event' | 'unreadable';
  readonly name: string;
  readonly target: string;
  readonly requestId: string;
  readonly body: JsonObject;
  /** The header as it was sent, unknown keys included. */
  readonly header: JsonObject;
  readonly message: CtiMessage | null;
  /** Why it cannot be read. */
  readonly problem: string;
  readonly said: Said;
}

const headerIn = (text: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && isJsonObject(value['header']) ? value['header'] : {};
  } catch {
    return {};
  }
};

export const readHeard = (index: number, said: Said): Heard => {
  const parsed = parseCtiMessage(said.text);
  const header = headerIn(said.text);
  const rest = { index, header, said };
  if (!parsed.ok) {
    const nothing = { name: '', target: '', requestId: '', body: {}, message: null };
    return { ...rest, ...nothing, kind: 'unreadable', problem: parsed.error };
  }
  const { message } = parsed.value;
  const { type, name, target, requestId = '' } = message.header;
  const kind = type === 'cti.response' ? 'answer' : type === 'cti.event' ? 'event' : 'unreadable';
  const problem = kind === 'unreadable' ? `an adapter never sends a ${type}` : '';
  return { ...rest, name, target, requestId, body: message.body, message, kind, problem };
};
