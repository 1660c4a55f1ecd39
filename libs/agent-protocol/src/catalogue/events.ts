/** One object event of the agent session protocol (section C). */
interface EventRow {
  readonly name: string;
  /** Spellings of older or misprinted sources, accepted by clients and never sent. */
  readonly aliases: readonly string[];
  readonly says: string;
}

const ROWS = [
  {
    name: 'session.initialized',
    aliases: [],
    says: 'Start-up is complete; what was there has been announced.',
  },
  {
    name: 'session.externalnotreadyreasons.updated',
    aliases: [],
    says: 'The not-ready reasons of the switch.',
  },
  { name: 'session.externallogoutreasons.updated', aliases: [], says: 'The logout reasons of the switch.' },
  {
    name: 'session.incontact.agentleg.connected',
    aliases: ['session.agentleg.connected'],
    says: 'The permanent voice leg is connected.',
  },
  {
    name: 'session.incontact.agentleg.disconnected',
    aliases: ['session.agentleg.disconnected'],
    says: 'The permanent voice leg is gone.',
  },
  {
    name: 'session.incontact.agentleg.failed',
    aliases: ['session.agentleg.failed'],
    says: 'The permanent voice leg could not be connected.',
  },
  { name: 'session.incontact.addressbook.updated', aliases: [], says: 'The address books changed.' },
  { name: 'channelgroup.created', aliases: [], says: 'A group exists; sent to its session.' },
  { name: 'channelgroup.initialized', aliases: [], says: 'The group and all its channels are announced.' },
  { name: 'channelgroup.disposed', aliases: ['channelgruop.disposed'], says: 'The group is gone.' },
  { name: 'channel.created', aliases: [], says: 'A channel exists; sent to its parent.' },
  { name: 'channel.infochanged', aliases: [], says: 'Log-in state or availability of the agent changed.' },
  { name: 'channel.initialized', aliases: [], says: 'The channel is fully announced.' },
  { name: 'channel.disposed', aliases: [], says: 'The channel is gone.' },
  { name: 'channel.externaldispositions.updated', aliases: [], says: 'The dispositions of the switch.' },
  { name: 'state.updated', aliases: [], says: 'State or permitted commands of an object changed.' },
  { name: 'interaction.created', aliases: [], says: 'An interaction exists; sent to its channel.' },
  { name: 'interaction.initialized', aliases: [], says: 'The interaction is fully announced.' },
  { name: 'interaction.datachanged', aliases: [], says: 'The attached data, as it now is.' },
  { name: 'interaction.preview', aliases: [], says: 'An interaction is offered and not yet assigned.' },
  { name: 'interaction.screenpop', aliases: [], says: 'The interaction was assigned: show the record.' },
  { name: 'interaction.focuschanged', aliases: [], says: 'Another conversation came into focus.' },
  { name: 'interaction.ended', aliases: [], says: 'Nothing is left to handle; wrap-up may follow.' },
  { name: 'interaction.complete', aliases: [], says: 'The work on the interaction is finished.' },
  { name: 'interaction.disposed', aliases: [], says: 'The interaction is gone.' },
  { name: 'conversation.created', aliases: [], says: 'A call leg exists; sent to its interaction.' },
  { name: 'conversation.initialized', aliases: [], says: 'The call leg is fully announced.' },
  { name: 'conversation.member.added', aliases: [], says: 'A party joined.' },
  { name: 'conversation.disposed', aliases: [], says: 'The call leg is gone.' },
  { name: 'conversation.member.removed', aliases: [], says: 'A party left.' },
  { name: 'conversation.busy', aliases: [], says: 'The far end is busy.' },
  { name: 'conversation.failed', aliases: [], says: 'The call could not be made, and why.' },
  { name: 'conversation.transfer.failed', aliases: [], says: 'A blind transfer did not work, and why.' },
  { name: 'conversation.conference.failed', aliases: [], says: 'A blind conference did not work, and why.' },
] as const satisfies readonly EventRow[];

/** Name of an object event. */
export type EventName = (typeof ROWS)[number]['name'];

/** The 30 events of the agent protocol (C) and the four extra ones that say why a call failed. */
export const EVENTS: readonly (EventRow & { readonly name: EventName })[] = ROWS;

const bySpelling = new Map<string, EventName>(
  EVENTS.flatMap(({ name, aliases }) => [...aliases, name].map((spelling) => [spelling, name] as const)),
);

/** The name to go by for an event received, or null for one that a client ignores (agent protocol C, E5, E16). */
export const normaliseEvent = (received: string): EventName | null => bySpelling.get(received.trim()) ?? null;
