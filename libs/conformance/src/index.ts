export { type Asking, type Carrier, NoAdapter, type Said } from './adapter/carrier/carrier.ts';
export { natsCarrier, openNatsCarrier } from './adapter/carrier/nats-carrier.ts';
export { openTcpCarrier } from './adapter/carrier/tcp-carrier.ts';
export { type Level, LEVELS } from './adapter/checks/check.ts';
export {
  type AdapterEntry,
  type AdapterReport,
  type AdapterRunOptions,
  runAdapterConformance,
} from './adapter/run/run-adapter.ts';
export { exchangePages, writeExchanges } from './record/write-exchanges.ts';
export { formatReport, hasFailed, type Entry, type Report, reportAsJson } from './run/report.ts';
export { runConformance, type RunOptions } from './run/run.ts';
export { type PhoneSystem, simulatedPhoneSystem } from './wire/phone-system.ts';
export { agentOf, developmentTokens, type TokenSource } from './wire/token.ts';
