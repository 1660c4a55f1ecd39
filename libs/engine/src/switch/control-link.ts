import { type Bus, subjects } from '@cordboard/bus';
import { controlTarget, type CtiMessage, parseCtiMessage } from '@cordboard/cti-protocol';
import { err, type IdSource, type JsonObject, ok, type Result } from '@cordboard/kernel';

/** Where one adapter instance hears control messages. */
export interface ControlPlace {
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
}

const TIMEOUT_MS = 5_000;

/**
 * Asks an adapter instance something on its control target (bridge B.1). The error is the adapter's message
 * for a FAILURE, null when no answer came that can be read.
 */
export const askControl = async (
  { bus, ids }: { readonly bus: Bus; readonly ids: IdSource },
  { tenant, processor, instance }: ControlPlace,
  name: string,
  body: JsonObject = {},
  timeoutMs = TIMEOUT_MS,
): Promise<Result<CtiMessage, string | null>> => {
  const type = name.startsWith('cti.query.') ? 'cti.query' : 'cti.request';
  const header = { type, name, target: controlTarget(processor), requestId: ids.next() };
  const subject = subjects.ctiControl(tenant, processor, instance);
  const answer = await bus.request(subject, JSON.stringify({ header, body }), { timeoutMs });
  const read = answer.ok ? parseCtiMessage(answer.value.body) : null;
  if (read === null || !read.ok) return err(null);
  const { message } = read.value;
  if (message.header.result !== 'SUCCESS') return err(message.header.errorMessage ?? '');
  return ok(message);
};
