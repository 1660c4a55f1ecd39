/** One object event of the agent session protocol (section C). */
interface EventRow {
  readonly name: string;
  /** Spellings of older or misprinted sources, accepted by clients and never sent. */
  readonly aliases: readonly string[];
}

const ROWS = [
  { name: 'session.initialized', aliases: [] },
  { name: 'session.externalnotreadyreasons.updated', aliases: [] },
  { name: 'session.externallogoutreasons.updated', aliases: [] },
  { name: 'session.incontact.agentleg.connected', aliases: ['session.agentleg.connected'] },
  { name: 'session.incontact.agentleg.disconnected', aliases: ['session.agentleg.disconnected'] },
  { name: 'session.incontact.agentleg.failed', aliases: ['session.agentleg.failed'] },
  { name: 'session.incontact.addressbook.updated', aliases: [] },
  { name: 'channelgroup.created', aliases: [] },
  { name: 'channelgroup.initialized', aliases: [] },
  { name: 'channelgroup.disposed', aliases: ['channelgruop.disposed'] },
  { name: 'channel.created', aliases: [] },
  { name: 'channel.infochanged', aliases: [] },
  { name: 'channel.initialized', aliases: [] },
  { name: 'channel.disposed', aliases: [] },
  { name: 'channel.externaldispositions.updated', aliases: [] },
  { name: 'state.updated', aliases: [] },
  { name: 'interaction.created', aliases: [] },
  { name: 'interaction.initialized', aliases: [] },
  { name: 'interaction.datachanged', aliases: [] },
  { name: 'interaction.preview', aliases: [] },
  { name: 'interaction.screenpop', aliases: [] },
  { name: 'interaction.focuschanged', aliases: [] },
  { name: 'interaction.ended', aliases: [] },
  { name: 'interaction.complete', aliases: [] },
  { name: 'interaction.disposed', aliases: [] },
  { name: 'conversation.created', aliases: [] },
  { name: 'conversation.initialized', aliases: [] },
  { name: 'conversation.member.added', aliases: [] },
  { name: 'conversation.disposed', aliases: [] },
  { name: 'conversation.member.removed', aliases: [] },
  { name: 'conversation.busy', aliases: [] },
  { name: 'conversation.failed', aliases: [] },
  { name: 'conversation.transfer.failed', aliases: [] },
  { name: 'conversation.conference.failed', aliases: [] },
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
