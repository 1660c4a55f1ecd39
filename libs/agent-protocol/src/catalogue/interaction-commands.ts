import { type CommandRow } from './command-row.ts';

/** Commands on an interaction: agent protocol B4, rows 23 to 32. */
export const INTERACTION_COMMANDS = [
  {
    name: 'interaction.request.accept',
    kind: 'interaction',
    aliases: ['interaction.accept'],
    success: 'echo',
    does: 'Takes an offered interaction.',
  },
  {
    name: 'interaction.request.reject',
    kind: 'interaction',
    aliases: ['interaction.reject'],
    success: 'echo',
    does: 'Declines an offered interaction, so that another agent may get it.',
  },
  {
    name: 'interaction.request.setinteractiondata',
    kind: 'interaction',
    aliases: ['interaction.setinteractiondata'],
    success: 'echo',
    does: 'Sets one item of the attached data.',
  },
  {
    name: 'interaction.request.setdisposition',
    kind: 'interaction',
    aliases: ['interaction.setdisposition'],
    success: 'echo',
    does: 'Records how the interaction came out.',
  },
  {
    name: 'interaction.request.complete',
    kind: 'interaction',
    aliases: ['interaction.complete'],
    success: 'echo',
    does: 'Ends the work on the interaction.',
  },
  {
    name: 'interaction.request.consult',
    kind: 'interaction',
    aliases: ['interaction.consult'],
    success: 'echo',
    does: 'Holds the call and dials somebody to ask.',
  },
  {
    name: 'interaction.request.alternate',
    kind: 'interaction',
    aliases: ['interaction.alternate'],
    success: 'echo',
    does: 'Swaps the talking and the held party.',
  },
  {
    name: 'interaction.request.consulttransfer',
    kind: 'interaction',
    aliases: ['interaction.consulttransfer'],
    success: 'echo',
    does: 'Joins caller and consulted party and leaves.',
  },
  {
    name: 'interaction.request.consultconference',
    kind: 'interaction',
    aliases: ['interaction.consultconference'],
    success: 'echo',
    does: 'Joins caller, consulted party and agent.',
  },
  {
    name: 'interaction.request.incontact.signal',
    kind: 'interaction',
    aliases: [],
    success: 'empty',
    does: 'Sends parameters to the script that runs for the interaction.',
  },
] as const satisfies readonly CommandRow[];
