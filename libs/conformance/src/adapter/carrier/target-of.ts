import { type ObjectKind, parseTarget, type Target } from '@cordboard/kernel';

const KINDS: Readonly<Record<string, ObjectKind>> = {
  session: 'session',
  channelgroup: 'channelgroup',
  channel: 'channel',
  interaction: 'interaction',
  conversation: 'conversation',
};

/** The object that a question is sent to; its kind is in the question's name, but for what a session is told of channels. */
export const targetOf = (name: string, path: string): Target => {
  const kind = path.includes('.') ? KINDS[name.split('.')[0] ?? ''] : 'session';
  const parsed = kind === undefined ? null : parseTarget(kind, path);
  if (parsed?.ok !== true) throw new TypeError(`${name} cannot be sent to ${path}`);
  return parsed.value;
};
