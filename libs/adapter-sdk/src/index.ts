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
  type AdapterHandlers,
  type AgentDetails,
  type Answer,
  type ChannelReading,
  type ConversationReading,
  type GroupReading,
  type InteractionReading,
  type SessionOptions,
  type SessionReading,
} from './handlers.ts';
export { ADAPTER_COUNTERS, type AdapterCounter, type AdapterLogger, type AdapterMetrics } from './ports.ts';
export { type AdapterReport } from './report.ts';
