import { type MessageRow } from './message-row.ts';

/** Messages of an interaction: bridge B.5, B.6, C.5 and C.6, and the extension family (docs/protocol-decisions.md). */
export const INTERACTION_MESSAGES = [
  {
    kind: 'query',
    level: 'interaction',
    name: 'interaction.query.init',
    does: 'State, attached data and conversations of the interaction.',
  },
  {
    kind: 'query',
    level: 'interaction',
    name: 'interaction.query.data',
    does: 'Attached data, all of it or one item.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.accept',
    does: 'Assigns the interaction to the agent and answers its call.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.reject',
    does: 'Declines the interaction, or gives up an outbound call.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.complete',
    does: 'Ends the work on the interaction.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.setinteractiondata',
    does: 'Sets one item of the attached data.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.setdisposition',
    does: 'Records how the interaction came out.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.dispose',
    does: 'Forgets the interaction.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.createconversation',
    does: 'Registers a conversation.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.consult',
    does: 'Holds the call and dials somebody to ask.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.consulttransfer',
    does: 'Joins caller and consulted party without the agent.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.consultconference',
    does: 'Moves the consulted parties into the first conversation.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.alternate',
    does: 'Holds the active leg and retrieves the other.',
  },
  {
    kind: 'request',
    level: 'interaction',
    name: 'interaction.request.signal',
    does: 'Passes parameters to the script of the interaction.',
  },
  {
    kind: 'event',
    level: 'interaction',
    name: 'interaction.alerting',
    does: 'A chat or e-mail waits to be accepted.',
  },
  {
    kind: 'event',
    level: 'interaction',
    name: 'interaction.started',
    does: 'The interaction is assigned and running.',
  },
  { kind: 'event', level: 'interaction', name: 'interaction.ended', does: 'Nothing remains to be handled.' },
  {
    kind: 'event',
    level: 'interaction',
    name: 'interaction.completed',
    does: 'The platform closed the interaction.',
  },
  {
    kind: 'event',
    level: 'interaction',
    name: 'interaction.datachanged',
    does: 'Items of the attached data changed.',
  },
  {
    kind: 'event',
    level: 'interaction',
    name: 'interaction.consult',
    does: 'A consult call was started outside the desktop.',
  },
] as const satisfies readonly MessageRow[];
