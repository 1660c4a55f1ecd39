export { type Adapter, createAdapter } from './adapter.ts';
export { type AdapterOptions } from './adapter-context.ts';
export {
  type ChannelAddress,
  type ConversationAddress,
  type GroupAddress,
  type InteractionAddress,
  type NativeAddress,
} from './address.ts';
export {
  type AddressBook,
  type AddressBookEntry,
  type AgentDetails,
  type AgentLegState,
  type ChannelFound,
  type ChannelReading,
  type Choice,
  type ConversationReading,
  type DataValue,
  type DirectoryEntry,
  type GroupReading,
  type InteractionReading,
  type Label,
  type Named,
  type NotReadyReason,
  type SessionOptions,
  type SessionReading,
} from './handler-data.ts';
export { type AdapterHandlers, type Answer } from './handlers.ts';
export { type BridgeLink, type BridgePeer, type LinkStats, type LinkTo } from './peer.ts';
export { ADAPTER_COUNTERS, type AdapterCounter, type AdapterLogger, type AdapterMetrics } from './ports.ts';
export { type AdapterReport } from './report.ts';
