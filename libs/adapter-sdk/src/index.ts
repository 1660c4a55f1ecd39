export { err, ok, type Result } from '@cordboard/kernel';
export { type Adapter, type AdapterHealth, type AdapterOptions, createAdapter } from './adapter.ts';
export { type AdapterPeer, createAdapterPeer } from './core/adapter-peer.ts';
export { type PeerOptions } from './core/core-context.ts';
export { natsLink } from './nats/nats-link.ts';
export { reconnectingNatsLink, type ReconnectingOptions } from './nats/reconnecting-link.ts';
export { type TcpAddress, type TcpTls } from './tcp/connection.ts';
export { type AdapterProcess, runAdapter, type RunOptions } from './run/run-adapter.ts';
export { tcpLink, type TcpLinkOptions } from './tcp/tcp-link.ts';
export { type NatsLinkOptions } from './nats/link-context.ts';
export { type AskedQuestion, type LinkRecord, type SentEvent } from './nats/link-record.ts';
export {
  type ChannelAddress,
  type ConversationAddress,
  type GroupAddress,
  type InteractionAddress,
  type NativeAddress,
} from './core/address.ts';
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
  type QueueFigures,
  type SessionOptions,
  type SessionReading,
} from './core/handler-data.ts';
export { type AdapterHandlers, type Answer } from './core/handlers.ts';
export { type BridgeLink, type BridgePeer, type LinkStats, type LinkTo } from './peer.ts';
export { ADAPTER_COUNTERS, type AdapterCounter, type AdapterLogger, type AdapterMetrics } from './ports.ts';
export { type AdapterReport } from './core/report.ts';
