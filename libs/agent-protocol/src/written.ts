/** The second door of this library, for programs on Node: the protocol as data. Browsers never load it. */
export {
  CATALOGUE,
  wholeSchema,
  type WrittenCommand,
  type WrittenEvent,
  type WrittenField,
  type WrittenFollower,
  type WrittenMessage,
  type WrittenServiceCommand,
} from './written/catalogue.ts';
export { dataSchema } from './written/data-schema.ts';
