import { type Member, type SwitchFact, type SwitchRequest } from '@cordboard/domain';

/** `ReleaseConversation` as `release conversation`. */
export const words = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

const SEALED = '(sealed)';

/** A personal value, or what stands for it without its key. */
export const personal = (value: string | null | undefined): string => value ?? SEALED;

export const person = ({ number, name }: Member): string =>
  typeof name === 'string' && name !== '' ? `${name}, ${personal(number)}` : personal(number);

/** How many fields attached data has; null once it was sealed for ever. */
export const fields = (data: Readonly<Record<string, unknown>> | null): string => {
  if (data === null) return SEALED;
  const keys = Object.keys(data);
  return keys.length === 0 ? 'no data' : keys.join(', ');
};

export const moved = (changed: { readonly state: string; readonly previousState: string | null }): string => {
  if (changed.previousState === null) return `is ${changed.state}`;
  if (changed.previousState === changed.state)
    return `still ${changed.state}; what it allows may have changed`;
  return `${changed.previousState} became ${changed.state}`;
};

const SAID: Readonly<Partial<Record<SwitchRequest['type'], string>>> = {
  BlindTransfer: 'transfer to',
  BlindConference: 'bring in',
  ReadOutboundSkills: 'say under which skills it dials',
  RemoveParty: 'take out',
};

/** Whom a request is about, if it names anybody. */
const named = (request: SwitchRequest): string => {
  if ('destination' in request) return ` ${personal(request.destination)}`;
  return 'number' in request ? ` ${personal(request.number)}` : '';
};

export const requested = (request: SwitchRequest): string =>
  `${SAID[request.type] ?? words(request.type)}${named(request)}`;

export const reported = (fact: SwitchFact): string =>
  'number' in fact ? `${words(fact.type)}: ${personal(fact.number)}` : words(fact.type);
