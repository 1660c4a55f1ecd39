import { isId, parseTokens, type Target } from '@cordboard/kernel';
import { type Address } from './address.ts';
import { nameOfToken } from './message-name.ts';

const PREFIX = 'cb.v1.';
const LANE = /^(0|[1-9][0-9]{0,14})$/;
/** Longer than any subject that the builders can make. */
const MAX_LENGTH = 1_024;

const targetOf = (tokens: readonly string[]): Target | null => {
  const parsed = parseTokens(tokens);
  return parsed.ok ? parsed.value : null;
};

const named = (tenant: string, root: string, rest: readonly string[]): Address | null => {
  const target = targetOf(rest.slice(0, 5));
  const name = rest.length === 6 ? nameOfToken(rest[5] ?? '') : null;
  if (target === null || name === null) return null;
  switch (root) {
    case 'cmd':
      return { kind: 'command', tenant, target, command: name };
    case 'evt':
      return { kind: 'event', tenant, target, event: name };
    default:
      return { kind: 'feed', tenant, target, event: name };
  }
};

const ofInstance = (
  where: { readonly tenant: string; readonly processor: string },
  instance: string,
  rest: readonly string[],
): Address | null => {
  if (!isId(instance)) return null;
  if (rest.length === 1 && rest[0] === 'control') return { kind: 'cti-control', ...where, instance };
  const target = rest[0] === 'req' ? targetOf(rest.slice(1)) : null;
  return target === null ? null : { kind: 'cti-request', ...where, instance, target };
};

const ofCti = (tenant: string, [processor, ...rest]: readonly string[]): Address | null => {
  if (!isId(processor)) return null;
  const where = { tenant, processor };
  if (rest.length === 1 && rest[0] === 'hello') return { kind: 'cti-hello', ...where };
  if (rest.length === 1 && rest[0] === 'status') return { kind: 'cti-status', ...where };
  if (rest.length === 1 && rest[0] === 'queues') return { kind: 'cti-queues', ...where };
  const [head = '', ...below] = rest;
  const target = head === 'evt' ? targetOf(below) : null;
  return target === null ? ofInstance(where, head, below) : { kind: 'cti-event', ...where, target };
};

const ofSystem = (rest: readonly string[]): Address | null =>
  rest.length === 2 && rest[0] === 'lane' && LANE.test(rest[1] ?? '')
    ? { kind: 'lane', lane: Number(rest[1]) }
    : null;

/** What a subject says, or null when it is not one that `subjects` builds for a message. Total. */
export const parseSubject = (text: string): Address | null => {
  if (!text.startsWith(PREFIX) || text.length > MAX_LENGTH) return null;
  const [tenant, root, ...rest] = text.slice(PREFIX.length).split('.');
  if (tenant === '_sys') return ofSystem([root ?? '', ...rest]);
  if (!isId(tenant)) return null;
  switch (root) {
    case 'prepare':
    case 'claim':
      return rest.length === 0 ? { kind: root, tenant } : null;
    case 'claimany':
      return rest.length === 0 ? { kind: 'claim-by-any', tenant } : null;
    case 'cmd':
    case 'evt':
    case 'feed':
      return named(tenant, root, rest);
    case 'cti':
      return ofCti(tenant, rest);
    default:
      return null;
  }
};
