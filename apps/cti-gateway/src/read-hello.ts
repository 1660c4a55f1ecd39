import { err, isId, isJsonObject, ok, type Result } from '@cordboard/kernel';
import { type Hello } from './admission.ts';

const MAX_TOKEN_LENGTH = 256;

const bodyOf = (text: string): unknown => {
  try {
    const message: unknown = JSON.parse(text);
    if (!isJsonObject(message) || !isJsonObject(message.header)) return undefined;
    return message.header.type === 'cti.hello' ? (message.body ?? null) : undefined;
  } catch {
    return undefined;
  }
};

/** The hello in the first frame of a connection; null when it is some other message, the error says what is wrong. */
export const readHello = (text: string): Result<Hello | null, string> => {
  const body = bodyOf(text);
  if (body === undefined) return ok(null);
  if (!isJsonObject(body) || !isId(body.processor)) return err('its hello names no processor');
  const { processor, token } = body;
  if (token === undefined || token === null) return ok({ processor });
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH)
    return err('the token in its hello is none');
  return ok({ processor, token });
};
