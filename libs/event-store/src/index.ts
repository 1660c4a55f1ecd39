export {
  type Append,
  type Appended,
  type AppendError,
  type EventStore,
  type OpenSession,
  type ReadRange,
  type SessionOverview,
  type StreamTail,
} from './event-store.ts';
export { type DataKeyRecord, type DataSubjectRecord, type EventRecord, type StoredEvent } from './record.ts';
