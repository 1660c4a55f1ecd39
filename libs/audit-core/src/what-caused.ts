import { type SessionEvent } from '@cordboard/domain';
import { type EventMeta } from '@cordboard/kernel';
import { wireNameOf } from '@cordboard/translation';
import { words } from './words.ts';

/** Names of the commands and requests that a stream has told of so far, by id. */
export interface Causes {
  readonly learn: (event: SessionEvent) => void;
  readonly tell: (meta: EventMeta) => string;
}

/** Reads `meta` in the light of the rows before it: ids become the commands and requests that they stand for. */
export const createCauses = (): Causes => {
  const commands = new Map<string, string>();
  const requests = new Map<string, string>();

  const reasonOf = (meta: EventMeta): string => {
    const [kind = '', ...rest] = meta.causation.split(':');
    const id = rest.join(':');
    if (kind === 'command') return `command ${commands.get(id) ?? id}`;
    if (kind === 'request') return `answer to ${requests.get(id) ?? `request ${id}`}`;
    if (kind === 'switch') return `switch event ${id}`;
    if (kind === 'timer') return `timer ${id}`;
    return kind === 'claim' ? 'claim' : meta.causation;
  };

  const actorOf = ({ actor }: EventMeta): string => `${actor.kind} ${actor.id}`;

  return {
    learn: (event) => {
      if (event.type === 'CommandAccepted')
        commands.set(event.data.commandId, wireNameOf(event.data.command.type));
      if (event.type === 'SwitchRequested')
        requests.set(event.data.requestId, words(event.data.request.type));
    },
    tell: (meta) => {
      if (meta.actor.kind === 'timer') return reasonOf(meta);
      return [actorOf(meta), reasonOf(meta)].join(', ');
    },
  };
};
